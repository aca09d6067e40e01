package io.millrace.bench.scale;

import java.util.List;

/**
 * How long it takes to have the state back. Threading: immutable. Units: bytes, seconds.
 *
 * @param stateBytes of all stores on disk, uncompressed
 * @param changelogBytes of all changelogs on the broker, compressed as they are
 * @param events that built it, each of a customer and a terminal of its own
 * @param fillSeconds in which the pipeline scored them
 */
public record RestoreReport(
        long stateBytes, long changelogBytes, long events, double fillSeconds, int partitions, List<Line> lines) {
    public RestoreReport {
        lines = List.copyOf(lines);
    }

    /**
     * One way to have it back.
     *
     * @param way its name
     * @param meaning in words
     * @param seconds until every partition scored again
     * @param partitionsLost of all that tasks read, how many had to be taken over
     */
    public record Line(String way, String meaning, double seconds, int partitionsLost) {}
}
