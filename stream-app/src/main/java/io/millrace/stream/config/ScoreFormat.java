package io.millrace.stream.config;

/** How the records of the score and alert topics are written. */
public enum ScoreFormat {
    /** Avro in single-object encoding: all that a score says. The default. */
    AVRO,
    /** A JSON object: the same facts but for offsets and hash, readable in any console. */
    JSON
}
