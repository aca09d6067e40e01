package io.millrace.inference.text;

/**
 * A text as a model reads it.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param ids numbers in the tokenizer's vocabulary, marks of begin and end among them
 * @param types which of several texts each token belongs to; zeros for a single one
 * @param truncated whether the text's end was left out
 * @param readCharacters how many of the text's UTF-16 characters, from its begin, the tokens stand for; 0 if the
 *     tokenizer found nothing in it to read
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Tokens(int[] ids, int[] types, boolean truncated, int readCharacters) {
    public Tokens {
        if (ids.length == 0 || ids.length != types.length) {
            throw new IllegalArgumentException(
                    "a text needs at least one token and a type for each, has " + ids.length + " and " + types.length);
        }
        if (readCharacters < 0) {
            throw new IllegalArgumentException("no text has " + readCharacters + " characters");
        }
    }

    public int length() {
        return ids.length;
    }
}
