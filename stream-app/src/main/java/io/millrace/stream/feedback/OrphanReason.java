package io.millrace.stream.feedback;

/** Why a label has no event. */
public enum OrphanReason {
    /** The label waited until the horizon had passed, and no such event was scored. */
    NO_SUCH_EVENT,
    /** The label came when its event was older than the horizon, and forgotten. */
    BEYOND_HORIZON
}
