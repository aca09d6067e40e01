package io.millrace.cli.output;

/** A command could not do what was rightly asked: exit code 1. The message names the remedy. */
public final class FailedException extends RuntimeException {

    public FailedException(String message) {
        super(message);
    }

    public FailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
