package io.millrace.inference.onnx.delta;

/** A delta that cannot be applied to its base. The message says what does not fit. */
public final class BrokenDeltaException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenDeltaException(String message) {
        super(message);
    }

    BrokenDeltaException(String message, Throwable cause) {
        super(message, cause);
    }
}
