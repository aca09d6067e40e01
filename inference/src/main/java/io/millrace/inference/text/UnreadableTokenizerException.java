package io.millrace.inference.text;

/** A tokenizer's description that is none. The message says what is wrong with it. */
public final class UnreadableTokenizerException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableTokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
