package io.millrace.trainer.example;

/** Records of a range are no longer on the example topic, or not yet; the message says which. */
public final class ExamplesGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExamplesGoneException(String message) {
        super(message);
    }
}
