package io.millrace.schemas.codec;

import io.millrace.schemas.codec.Target.Part;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event while its record is being read: takes values as the format has them, and holds the rules, the same for every
 * format, on what each part of an event can be read from.
 *
 * <p>Threading: confined to one call. Units: milliseconds since 1970-01-01 UTC.
 */
final class EventDraft {
    private static final int MAX_KEY_CHARACTERS = 1_024;

    private final FieldMapping mapping;
    private final EventShape shape;
    private final EventTime eventTime;
    private @Nullable String id;
    private long timeMillis = EventTime.NOT_A_TIME;
    private final @Nullable String[] keys;
    /** NaN where nothing was read yet: what is read is finite. */
    private final double[] numbers;

    private @Nullable String text;
    private @Nullable String segment;
    private @Nullable String subject;

    EventDraft(FieldMapping mapping, EventShape shape, EventTime eventTime) {
        this.mapping = mapping;
        this.shape = shape;
        this.eventTime = eventTime;
        this.keys = new String[shape.keyFields().size()];
        this.numbers = new double[shape.numberFields().size()];
        Arrays.fill(numbers, Double.NaN);
    }

    /** The event, once the whole record is read. */
    Event toEvent() throws MalformedEventException {
        String ownId = id;
        if (ownId == null) {
            throw missing(mapping.id());
        }
        if (timeMillis == EventTime.NOT_A_TIME) {
            throw missing(mapping.time());
        }
        String[] ownKeys = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            if (key == null) {
                throw missing(mapping.path(shape.keyFields().get(i)));
            }
            ownKeys[i] = key;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i])) {
                throw missing(mapping.path(shape.numberFields().get(i)));
            }
        }
        if (shape.text() && text == null) {
            throw missing(String.valueOf(mapping.text()));
        }
        return new Event(ownId, timeMillis, ownKeys, numbers, text, segment, subject);
    }

    void setText(Target target, String value) throws MalformedEventException {
        switch (target.part()) {
            case ID -> id = keyText(target, value);
            case KEY -> keys[target.index()] = keyText(target, value);
            case TIME -> {
                long parsed = eventTime.parse(value);
                if (parsed == EventTime.NOT_A_TIME) {
                    throw badTime(target, MalformedEventException.shown(value), eventTime.expectation());
                }
                timeMillis = parsed;
            }
            case TEXT -> text = nonBlank(target, value);
            case SEGMENT -> segment = value;
            case SUBJECT -> subject = value;
            case NUMBER -> throw wrongType(target, "the text " + MalformedEventException.shown(value));
        }
    }

    void setInteger(Target target, long value) throws MalformedEventException {
        switch (target.part()) {
            case ID -> id = Long.toString(value);
            case KEY -> keys[target.index()] = Long.toString(value);
            case TIME -> setTimeMillis(target, value);
            case NUMBER -> numbers[target.index()] = value;
            case SEGMENT -> segment = Long.toString(value);
            case SUBJECT -> subject = Long.toString(value);
            case TEXT -> throw wrongType(target, "the number " + Long.toString(value));
        }
    }

    /** An integer beyond the range of long. */
    void setBigInteger(Target target, BigInteger value) throws MalformedEventException {
        String digits = value.toString();
        switch (target.part()) {
            case ID, KEY, SEGMENT, SUBJECT -> setText(target, digits);
            case TIME -> throw outOfRange(target, MalformedEventException.shown(digits));
            case NUMBER -> setReal(target, value.doubleValue());
            case TEXT -> throw wrongType(target, "the number " + MalformedEventException.shown(digits));
        }
    }

    void setReal(Target target, double value) throws MalformedEventException {
        if (target.part().isOptional()) {
            if (Double.isFinite(value)) {
                setText(target, Double.toString(value));
            } else {
                setMissing(target);
            }
            return;
        }
        if (target.part() != Part.NUMBER) {
            throw wrongType(target, "the number " + Double.toString(value));
        }
        if (!Double.isFinite(value)) {
            throw new MalformedEventException(
                    MalformedReason.NOT_FINITE,
                    "field '" + target.path() + "' is " + value + ": send a finite number, or leave the record out");
        }
        numbers[target.index()] = value;
    }

    /** A time in our own unit, for a target that is the time. */
    void setTimeMillis(Target target, long value) throws MalformedEventException {
        if (!EventTime.isInRange(value)) {
            throw outOfRange(target, Long.toString(value));
        }
        timeMillis = value;
    }

    void setMissing(Target target) {
        switch (target.part()) {
            case ID -> id = null;
            case TIME -> timeMillis = EventTime.NOT_A_TIME;
            case KEY -> keys[target.index()] = null;
            case NUMBER -> numbers[target.index()] = Double.NaN;
            case TEXT -> text = null;
            case SEGMENT -> segment = null;
            case SUBJECT -> subject = null;
        }
    }

    /**
     * What to throw for a value that no rule above reads.
     *
     * @param found what it is, in words
     */
    static MalformedEventException wrongType(Target target, String found) {
        String wanted = switch (target.part()) {
            case ID, KEY -> "a text or an integer";
            case TIME -> "a time in text or an integer of epoch milliseconds";
            case NUMBER -> "a number";
            case TEXT, SEGMENT, SUBJECT -> "a text";
        };
        return new MalformedEventException(
                MalformedReason.WRONG_TYPE, "field '" + target.path() + "' must be " + wanted + ", was " + found);
    }

    private static String keyText(Target target, String value) throws MalformedEventException {
        if (value.length() > MAX_KEY_CHARACTERS) {
            throw new MalformedEventException(
                    MalformedReason.ID_TOO_LONG,
                    "field '" + target.path() + "' may have " + MAX_KEY_CHARACTERS + " characters at most, was "
                            + MalformedEventException.shown(value));
        }
        if (value.isBlank()) {
            throw new MalformedEventException(
                    MalformedReason.MISSING_FIELD,
                    "field '" + target.path() + "' is blank: send what identifies the "
                            + (target.part() == Part.ID ? "event" : "entity"));
        }
        return value;
    }

    private static String nonBlank(Target target, String value) throws MalformedEventException {
        if (value.isBlank()) {
            throw new MalformedEventException(
                    MalformedReason.MISSING_FIELD,
                    "field '" + target.path() + "' is blank: send the text that is to be scored");
        }
        return value;
    }

    private static MalformedEventException missing(String path) {
        return new MalformedEventException(
                MalformedReason.MISSING_FIELD,
                "field '" + path + "' is missing or null: send it, or correct its path in the pipeline's mapping");
    }

    private static MalformedEventException outOfRange(Target target, String value) {
        return badTime(target, value, "integers are epoch milliseconds of the years 0 to 9999, not micro or nano");
    }

    private static MalformedEventException badTime(Target target, String value, String remedy) {
        return new MalformedEventException(
                MalformedReason.BAD_TIME, "field '" + target.path() + "' is no time: " + value + "; " + remedy);
    }
}
