package io.millrace.stream.scoring;

import io.millrace.inference.text.TextDecision;

/**
 * What a version says of a text, and how much of it it read.
 *
 * <p>Threading: immutable as long as nobody writes into the array.
 *
 * @param probabilities one per class
 * @param signedScore from -1, the first class, to 1, the last
 * @param truncated whether the text's end was left out
 * @param readCharacters of the text, from its begin
 */
@SuppressWarnings("ArrayRecordComponent") // one per text: not copied, never compared
record TextAnswer(double[] probabilities, double signedScore, boolean truncated, int readCharacters) {

    static TextAnswer of(double[] probabilities, boolean truncated, int readCharacters) {
        return new TextAnswer(probabilities, TextDecision.signedScore(probabilities), truncated, readCharacters);
    }
}
