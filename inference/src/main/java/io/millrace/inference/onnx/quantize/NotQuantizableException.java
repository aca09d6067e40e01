package io.millrace.inference.onnx.quantize;

/** A model of which no int8 form can be made. The message says why, and what would help. */
public final class NotQuantizableException extends Exception {
    private static final long serialVersionUID = 1L;

    NotQuantizableException(String message) {
        super(message);
    }

    NotQuantizableException(String message, Throwable cause) {
        super(message, cause);
    }
}
