package io.millrace.inference.text;

/**
 * Cuts texts into tokens.
 *
 * <p>Threading: thread-safe. Lifecycle: may hold native memory, which closing frees; no text is encoded afterwards.
 */
public interface TextEncoder extends AutoCloseable {

    /** The tokens of a text, its end left out where it is too long for the model. */
    Tokens encode(String text);

    @Override
    void close();
}
