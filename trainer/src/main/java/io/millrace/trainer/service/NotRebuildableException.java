package io.millrace.trainer.service;

/** A version does not say how to make it again, or what it was made of is gone; the message says which. */
public final class NotRebuildableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotRebuildableException(String message) {
        super(message);
    }

    public NotRebuildableException(String message, Throwable cause) {
        super(message, cause);
    }
}
