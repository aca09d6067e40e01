package io.millrace.schemas.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of an event a pipeline needs: the names of its key fields and number fields, and whether there is a text.
 *
 * <p>Threading: immutable.
 *
 * @param keyFields names of the fields that identify an entity, read as text
 * @param numberFields names of the fields that features compute with
 * @param text whether the event has a text
 * @param segmentField name of the field that says which group an event belongs to; null for none
 * @param subjectField name of the field that says what a text is about; null for none
 */
public record EventShape(
        List<String> keyFields,
        List<String> numberFields,
        boolean text,
        @Nullable String segmentField,
        @Nullable String subjectField) {
    public EventShape {
        keyFields = List.copyOf(keyFields);
        numberFields = List.copyOf(numberFields);
    }

    /** A shape without a segment or a subject. */
    public EventShape(List<String> keyFields, List<String> numberFields, boolean text) {
        this(keyFields, numberFields, text, null, null);
    }

    /** The same, with the group of an event read from a field; null for none. */
    public EventShape withSegment(@Nullable String field) {
        return new EventShape(keyFields, numberFields, text, field, subjectField);
    }

    /** The same, with the subject of an event read from a field; null for none. */
    public EventShape withSubject(@Nullable String field) {
        return new EventShape(keyFields, numberFields, text, segmentField, field);
    }

    /** The place of a key field in {@link Event#keys}. */
    public int key(String name) {
        return indexOf(keyFields, name, "key");
    }

    /** The place of a number field in {@link Event#numbers}. */
    public int number(String name) {
        return indexOf(numberFields, name, "number");
    }

    private static int indexOf(List<String> names, String name, String kind) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no " + kind + " field '" + name + "' in this shape; it has " + names + ": name one of these");
        }
        return index;
    }
}
