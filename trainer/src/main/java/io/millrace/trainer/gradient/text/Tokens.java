package io.millrace.trainer.gradient.text;

/**
 * A text as an encoder reads it.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param ids numbers in the tokenizer's vocabulary, marks of begin and end among them
 * @param types which of several texts each token belongs to; zeros for a single one
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Tokens(int[] ids, int[] types) {
    public Tokens {
        if (ids.length == 0 || ids.length != types.length) {
            throw new IllegalArgumentException(
                    "a text needs at least one token and a type for each, has " + ids.length + " and " + types.length);
        }
    }

    public int length() {
        return ids.length;
    }
}
