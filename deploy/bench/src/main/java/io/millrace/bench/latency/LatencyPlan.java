package io.millrace.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is measured and for how long.
 *
 * @param stateful whether the stateful fraud pipeline, or the stateless one
 * @param commitMillis intervals under exactly-once
 * @param atLeastOnce whether at-least-once is measured too
 * @param loads in percent of the maximum
 * @param seconds that each load is measured
 * @param warmUpSeconds of each load that do not count
 * @param maximumSeconds of the load that finds the maximum, after as many that warm up
 * @param lingerMillis of the stream's batches
 * @param threads of the stream, and partitions
 * @param kafka more Kafka properties of the stream
 */
public record LatencyPlan(
        boolean stateful,
        List<Long> commitMillis,
        boolean atLeastOnce,
        List<Integer> loads,
        double seconds,
        double warmUpSeconds,
        double maximumSeconds,
        long lingerMillis,
        int threads,
        Map<String, String> kafka) {
    /** How often the stream commits while the maximum is sought. */
    static final long USUAL_COMMIT_MILLIS = 100;

    public LatencyPlan {
        commitMillis = List.copyOf(commitMillis);
        loads = List.copyOf(loads);
        kafka = Map.copyOf(kafka);
        if (commitMillis.stream().anyMatch(interval -> interval < 1)) {
            throw new IllegalArgumentException("a commit interval must be at least 1 ms, were " + commitMillis);
        }
        if (loads.isEmpty() || loads.stream().anyMatch(load -> load < 1 || load > 150)) {
            throw new IllegalArgumentException("loads must be from 1 to 150 percent of the maximum, were " + loads);
        }
        if (commitMillis.isEmpty() && !atLeastOnce) {
            throw new IllegalArgumentException("there is nothing to measure: give commit intervals");
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0) || !(maximumSeconds > 0)) {
            throw new IllegalArgumentException(
                    "times must be above 0 seconds, were " + seconds + ", " + warmUpSeconds + " and " + maximumSeconds);
        }
    }

    /** How many loads there are in all. */
    public int lines() {
        return (commitMillis.size() + (atLeastOnce ? 1 : 0)) * loads.size();
    }

    Duration maximumTime() {
        return Duration.ofMillis(Math.round(maximumSeconds * 1e3));
    }
}
