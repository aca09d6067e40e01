package io.millrace.bench.throughput;

import io.millrace.bench.Spread;
import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param ratios medians over the rounds, by pipeline and other, as in {@code stateless/limit}
 * @param spread of these
 * @param rates records per second, by pipeline and who ran
 * @param settings of the run, and of each who ran
 * @param leftOut who did not take part, and why
 */
public record ThroughputReport(
        Map<String, Double> ratios,
        Map<String, Spread> spread,
        Map<String, Map<String, Spread>> rates,
        Map<String, Object> settings,
        List<String> leftOut) {}
