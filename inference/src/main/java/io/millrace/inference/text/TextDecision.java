package io.millrace.inference.text;

/**
 * What is concluded from a text's probabilities, whose classes go from the most negative to the most positive.
 *
 * <p>Threading: stateless.
 */
public final class TextDecision {
    private static final int BINARY = 2;

    private TextDecision() {}

    /**
     * Where a text stands between the first class, -1, and the last, 1: the mean of the classes' places, which are
     * evenly spaced, weighted by probability. Of two classes, what the second has more than the first.
     */
    public static double signedScore(double[] probabilities) {
        double score = 0;
        for (int i = 0; i < probabilities.length; i++) {
            score += probabilities[i] * (2.0 * i / (probabilities.length - 1) - 1);
        }
        return Math.max(-1, Math.min(1, score));
    }

    /**
     * The class that is decided on: of two, the second from the threshold on; of more, the most probable, and of equal
     * ones the first.
     */
    public static int label(double[] probabilities, double threshold) {
        if (probabilities.length == BINARY) {
            return probabilities[1] >= threshold ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
