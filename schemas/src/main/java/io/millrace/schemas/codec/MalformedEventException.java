package io.millrace.schemas.codec;

/**
 * A record that is no event. The message names the field's path and what was there, cut to a readable length.
 *
 * <p>Carries no stack trace: a stream of bad records must not be slower than a stream of good ones.
 */
public final class MalformedEventException extends Exception {
    private static final int SHOWN_CHARACTERS = 80;

    private final MalformedReason reason;

    public MalformedEventException(MalformedReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public MalformedReason reason() {
        return reason;
    }

    /** A value as messages show it: quoted, long ones cut. */
    static String shown(String value) {
        return value.length() <= SHOWN_CHARACTERS
                ? "'" + value + "'"
                : "'" + value.substring(0, SHOWN_CHARACTERS) + "…' (" + value.length() + " characters)";
    }
}
