package io.millrace.cli.score;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a run's rows: sent = scored + dead.
 *
 * @param firstDead the first that were dead-lettered
 * @param elapsed from the first row sent to the last score read
 */
public record ScoreSummary(
        long sent, long scored, Map<String, Long> deadByReason, List<DeadRow> firstDead, Duration elapsed) {
    /**
     * A row that was dead-lettered.
     *
     * @param number among the rows that were sent, from 1
     * @param message what was wrong with it
     */
    public record DeadRow(long number, String message) {}

    /** Rows that went to the dead-letter topic. */
    public long dead() {
        return deadByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows per second over the whole run. */
    public double rowsPerSecond() {
        return sent / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }
}
