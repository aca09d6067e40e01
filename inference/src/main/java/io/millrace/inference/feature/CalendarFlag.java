package io.millrace.inference.feature;

/** What a {@link CalendarFeature} asks of the event's local time. */
public enum CalendarFlag {
    /** Saturday or Sunday. */
    WEEKEND,
    /** From midnight to 06:59:59.999, that is, an hour of at most 6. */
    NIGHT
}
