package io.millrace.stream.config;

/** How the records of an input topic are written. */
public enum InputFormat {
    /** JSON objects in UTF-8. */
    JSON,
    /** Avro in single-object encoding, any writer's schema that is known. */
    AVRO
}
