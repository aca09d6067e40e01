package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the learner noted in a candidate's lineage. Threading: stateless. */
final class LearnerNotes {
    private static final String PREFIX = "learner-";

    private LearnerNotes() {}

    /** The notes by their names; none without a candidate. */
    static Map<String, String> of(@Nullable Bundle bundle) {
        Map<String, String> notes = new TreeMap<>();
        if (bundle != null) {
            bundle.manifest().lineage().forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    notes.put(key.substring(PREFIX.length()), value);
                }
            });
        }
        return notes;
    }
}
