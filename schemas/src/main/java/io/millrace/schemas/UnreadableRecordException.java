package io.millrace.schemas;

/**
 * Bytes that are no record of the type they were read as: not in single-object encoding, written with an unknown schema,
 * cut off or damaged. The message says which.
 */
public final class UnreadableRecordException extends RuntimeException {
    public UnreadableRecordException(String message) {
        super(message);
    }

    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
