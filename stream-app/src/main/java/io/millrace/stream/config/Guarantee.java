package io.millrace.stream.config;

/** What a crash may do. */
public enum Guarantee {
    /** Nothing: each event has one score and counts once in the features. The default. */
    EXACTLY_ONCE,
    /** An event may be scored twice, and may count twice in the features of later events. Quicker to be seen. */
    AT_LEAST_ONCE
}
