package io.millrace.schemas.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a pipeline's YAML says the parts of an event lie in the user's record. Paths are dotted: {@code
 * payload.card.id} is the field {@code id} of {@code card} of {@code payload}.
 *
 * <p>Threading: immutable.
 *
 * @param id path of what identifies an event
 * @param time path of when it happened
 * @param timePattern how times in text are written, as {@link java.time.format.DateTimeFormatter} has it, UTC where it
 *     names no zone; null for ISO 8601
 * @param text path of the text; null for events without one
 * @param fields path by our name of a key or number field; a name that is absent is its own path
 */
public record FieldMapping(
        String id,
        String time,
        @Nullable String timePattern,
        @Nullable String text,
        Map<String, String> fields) {
    public FieldMapping {
        requirePath("id", id);
        requirePath("time", time);
        if (text != null) {
            requirePath("text", text);
        }
        fields.forEach(FieldMapping::requirePath);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        EventTime.requirePattern(timePattern);
    }

    /** Where the field that we call so lies. */
    public String path(String name) {
        return fields.getOrDefault(name, name);
    }

    private static void requirePath(String name, String path) {
        for (String step : path.split("\\.", -1)) {
            if (step.isBlank()) {
                throw new IllegalArgumentException("the path of '" + name + "' is '" + path
                        + "', with a name missing in it: write field names with single dots between, as in"
                        + " payload.card.id");
            }
        }
    }
}
