package io.millrace.inference.text;

/** Texts that every encoding can carry. */
final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** The text with each surrogate that stands alone replaced; of the same length. */
    static String of(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!Character.isSurrogate(letter)) {
                continue;
            }
            if (Character.isHighSurrogate(letter)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            replaced = replaced == null ? new StringBuilder(text) : replaced;
            replaced.setCharAt(i, REPLACEMENT);
        }
        return replaced == null ? text : replaced.toString();
    }
}
