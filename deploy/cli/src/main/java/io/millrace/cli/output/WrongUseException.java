package io.millrace.cli.output;

/** What was asked for makes no sense: exit code 2. The message says what would. */
public final class WrongUseException extends RuntimeException {

    public WrongUseException(String message) {
        super(message);
    }
}
