package io.millrace.stream.scoring;

/**
 * What a version says of a text, and how much of it it read.
 *
 * <p>Threading: immutable as long as nobody writes into the array.
 *
 * @param probabilities one per class
 * @param truncated whether the text's end was left out
 * @param readCharacters of the text, from its begin
 */
@SuppressWarnings("ArrayRecordComponent") // one per text: not copied, never compared
record TextAnswer(double[] probabilities, boolean truncated, int readCharacters) {}
