package io.millrace.bench.latency;

import java.util.List;
import java.util.Map;

/**
 * Latencies of a pipeline at shares of what it can take.
 *
 * @param pipeline stateful, whose events are repartitioned once, or stateless
 * @param settings of stream, generator and consumer
 */
public record LatencyReport(String pipeline, Map<String, Object> settings, List<LatencyLine> lines) {}
