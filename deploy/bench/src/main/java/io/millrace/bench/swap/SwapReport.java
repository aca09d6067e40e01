package io.millrace.bench.swap;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What swaps did, by pipeline.
 *
 * @param pauseMillisP999 what a swap keeps the stream thread from scoring, at the 99.9th percentile
 * @param gap the largest gaps between outputs, steady and at swaps
 * @param p99 latency at the 99th percentile, steady and at swaps, and their ratio
 * @param outcomes all that was measured
 */
public record SwapReport(
        Map<String, Double> pauseMillisP999,
        Map<String, Map<String, Spans>> gap,
        Map<String, Map<String, Double>> p99,
        Map<String, SwapOutcome> outcomes) {

    static SwapReport of(Map<String, SwapOutcome> outcomes) {
        Map<String, Double> pauses = new LinkedHashMap<>();
        Map<String, Map<String, Spans>> gaps = new LinkedHashMap<>();
        Map<String, Map<String, Double>> p99 = new LinkedHashMap<>();
        outcomes.forEach((pipeline, outcome) -> {
            pauses.put(pipeline, outcome.pauseP999());
            Map<String, Spans> gap = new LinkedHashMap<>();
            gap.put("steady", outcome.largestGapSteady());
            gap.put("atSwaps", outcome.largestGapAtSwaps());
            gaps.put(pipeline, gap);
            Map<String, Double> latency = new LinkedHashMap<>();
            latency.put("steady", outcome.latencySteady().p99());
            latency.put("atSwaps", outcome.latencyAtSwaps().p99());
            latency.put("ratio", outcome.p99Ratio());
            p99.put(pipeline, latency);
        });
        return new SwapReport(pauses, gaps, p99, new LinkedHashMap<>(outcomes));
    }
}
