package io.millrace.cli.doctor;

import io.millrace.schemas.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A topic of the catalogue beside what the broker has.
 *
 * @param spec what it should be
 * @param exists whether the broker has it
 * @param partitions that it has; 0 when it is missing
 * @param differences of its settings from the spec, as "retention.ms is 1000, should be -1"
 */
public record TopicState(TopicSpec spec, boolean exists, int partitions, List<String> differences) {

    static TopicState missing(TopicSpec spec) {
        return new TopicState(spec, false, 0, List.of());
    }

    static TopicState of(TopicSpec spec, int partitions, Map<String, String> settings) {
        List<String> differences = new ArrayList<>();
        spec.settings().forEach((name, wanted) -> {
            String actual = settings.getOrDefault(name, "");
            if (!actual.equals(wanted)) {
                differences.add(name + " is " + actual + ", should be " + wanted);
            }
        });
        return new TopicState(spec, true, partitions, List.copyOf(differences));
    }

    public boolean isRight() {
        return exists && differences.isEmpty();
    }

    /** "ok", "missing", or how it differs. */
    public String summary() {
        if (!exists) {
            return "missing";
        }
        return differences.isEmpty() ? "ok" : String.join("; ", differences);
    }
}
