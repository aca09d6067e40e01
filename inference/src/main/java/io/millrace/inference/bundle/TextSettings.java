package io.millrace.inference.bundle;

/**
 * How a model reads texts.
 *
 * <p>Threading: immutable.
 *
 * @param maxTokens longer texts lose their end; the marks of begin and end that the tokenizer adds count, and stay
 */
public record TextSettings(int maxTokens) {
    private static final int FEWEST = 4;
    private static final int MOST = 8_192;

    public TextSettings {
        if (maxTokens < FEWEST || maxTokens > MOST) {
            throw new IllegalArgumentException(
                    "max-tokens must be from " + FEWEST + " to " + MOST + ", was " + maxTokens);
        }
    }
}
