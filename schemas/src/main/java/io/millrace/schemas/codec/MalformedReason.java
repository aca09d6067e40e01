package io.millrace.schemas.codec;

/** Why a record is no event; what dead letters are counted by. */
public enum MalformedReason {
    /** Not one whole JSON value, or something after it. */
    NOT_JSON,
    /** Not in Avro's single-object encoding, cut off, or damaged. */
    NOT_AVRO,
    /** Avro, written with a schema that nobody gave to this pipeline. */
    UNKNOWN_SCHEMA,
    /** A part of the event is absent, null or blank. */
    MISSING_FIELD,
    /** A part is there, as a type that it cannot be read from. */
    WRONG_TYPE,
    /** A number is NaN or infinite. */
    NOT_FINITE,
    /** A time is not written as the pipeline says, or lies outside the years 0 to 9999. */
    BAD_TIME,
    /** The id or a key has more characters than a key may have. */
    ID_TOO_LONG
}
