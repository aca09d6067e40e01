package io.millrace.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is measured and for how long.
 *
 * @param stateful whether the stateful fraud pipeline, or the stateless one
 * @param exactlyOnce commit intervals under exactly-once, in milliseconds
 * @param atLeastOnce commit intervals under at-least-once, in milliseconds
 * @param loads in percent of the maximum under the same setting
 * @param seconds that each load is measured
 * @param warmUpSeconds of each load that do not count
 * @param warmUpRounds at full load, and at half of it, that go before all, at most
 * @param maximumSeconds of a load that finds a maximum
 * @param lingerMillis of the stream's batches
 * @param threads of the stream, and partitions
 * @param kafka more Kafka properties of the stream
 */
public record LatencyPlan(
        boolean stateful,
        List<Long> exactlyOnce,
        List<Long> atLeastOnce,
        List<Integer> loads,
        double seconds,
        double warmUpSeconds,
        int warmUpRounds,
        double maximumSeconds,
        long lingerMillis,
        int threads,
        Map<String, String> kafka) {
    public LatencyPlan {
        exactlyOnce = List.copyOf(exactlyOnce);
        atLeastOnce = List.copyOf(atLeastOnce);
        loads = List.copyOf(loads);
        kafka = Map.copyOf(kafka);
        if (Stream.concat(exactlyOnce.stream(), atLeastOnce.stream()).anyMatch(interval -> interval < 1)) {
            throw new IllegalArgumentException(
                    "a commit interval must be at least 1 ms, were " + exactlyOnce + " and " + atLeastOnce);
        }
        if (loads.isEmpty() || loads.stream().anyMatch(load -> load < 1 || load > 150)) {
            throw new IllegalArgumentException("loads must be from 1 to 150 percent of the maximum, were " + loads);
        }
        if (exactlyOnce.isEmpty() && atLeastOnce.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure: give commit intervals");
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0) || !(maximumSeconds > 0)) {
            throw new IllegalArgumentException(
                    "times must be above 0 seconds, were " + seconds + ", " + warmUpSeconds + " and " + maximumSeconds);
        }
    }

    /** How many loads there are in all. */
    public int lines() {
        return (exactlyOnce.size() + atLeastOnce.size()) * loads.size();
    }

    /** How often the stream commits while all becomes warm: as often as it ever will. */
    long warmUpCommitMillis() {
        return Stream.concat(exactlyOnce.stream(), atLeastOnce.stream())
                .min(Long::compare)
                .orElseThrow();
    }

    Duration maximumTime() {
        return Duration.ofMillis(Math.round(maximumSeconds * 1e3));
    }
}
