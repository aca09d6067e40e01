package io.millrace.trainer.gradient.text;

/**
 * Cuts texts into tokens.
 *
 * <p>Threading: confined to one thread. Lifecycle: may hold native memory, which closing frees.
 */
public interface Encoder extends AutoCloseable {

    Tokens encode(String text);

    @Override
    void close();
}
