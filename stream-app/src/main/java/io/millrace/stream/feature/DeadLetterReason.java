package io.millrace.stream.feature;

/** Why a record went to the dead-letter topic, beside what a codec says of malformed bytes. */
public enum DeadLetterReason {
    /** The record has no value. */
    NULL_VALUE,
    /** The event's time lies further ahead of the clock than the pipeline allows. */
    FUTURE_TIME,
    /** The record lies in a partition that its declared key does not belong to. */
    MISROUTED,
    /** The model gave no finite probability for this event. */
    NOT_SCORABLE,
    /** The record is no label. */
    MALFORMED_LABEL,
    /** The label names no class of the model. */
    UNKNOWN_LABEL
}
