package io.millrace.schemas.codec;

import org.jspecify.annotations.Nullable;

/**
 * A decoded event.
 *
 * <p>Threading: the arrays are handed over, not copied, for speed: whoever holds an event leaves them as they are.
 * Units: milliseconds since 1970-01-01 UTC.
 *
 * @param id unique among the events of its topic
 * @param timeMillis when it happened
 * @param keys in the order of its shape's key fields
 * @param numbers in the order of its shape's number fields
 * @param text null where the shape has none
 * @param segment what its shape's segment field says, numbers as text; null where the shape or the record has none
 * @param subject what its shape's subject field says, numbers as text; null where the shape or the record has none
 */
@SuppressWarnings("ArrayRecordComponent") // not copied on purpose, see above
public record Event(
        String id,
        long timeMillis,
        String[] keys,
        double[] numbers,
        @Nullable String text,
        @Nullable String segment,
        @Nullable String subject) {

    /** An event without a segment or a subject. */
    public Event(String id, long timeMillis, String[] keys, double[] numbers, @Nullable String text) {
        this(id, timeMillis, keys, numbers, text, null, null);
    }
}
