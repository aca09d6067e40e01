package io.millrace.trainer.service;

import java.util.List;

/**
 * How a version compares with what its lineage makes again.
 *
 * @param examples how many were read from the log
 * @param differences a sentence for each part that differs; empty if every byte is the same
 */
public record RebuildReport(int examples, List<String> differences) {
    public RebuildReport {
        differences = List.copyOf(differences);
    }

    /** Whether every byte is the same. */
    public boolean identical() {
        return differences.isEmpty();
    }
}
