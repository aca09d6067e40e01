package io.millrace.trainer.gate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure a gain is: draws the rows again and again, each row as often as chance (Poisson of mean 1) has it, the same
 * draw for both models, and looks how the gain varies.
 *
 * <p>Threading: confined to one thread. The same seed gives the same interval.
 */
final class PairedBootstrap {
    private static final int DRAWS = 1 << 16;
    private static final byte[] POISSON = poisson();

    private final int resamples;
    private final double confidence;
    private final long seed;

    /** The lowest and the highest plausible gain. */
    record Interval(double low, double high) {}

    PairedBootstrap(int resamples, double confidence, long seed) {
        this.resamples = resamples;
        this.confidence = confidence;
        this.seed = seed;
    }

    /** The interval that the gain lies in with the configured confidence. */
    Interval gain(WeightedMetric champion, WeightedMetric candidate, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] gains = new double[resamples];
        int[] weights = new int[rows];
        for (int resample = 0; resample < resamples; resample++) {
            draw(random, weights);
            double gain = candidate.of(weights) - champion.of(weights);
            // A draw without a positive row says nothing, neither for the candidate nor against it.
            gains[resample] = Double.isNaN(gain) ? 0 : gain;
        }
        Arrays.sort(gains);
        double tail = (1 - confidence) / 2;
        return new Interval(quantile(gains, tail), quantile(gains, 1 - tail));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static void draw(SplittableRandom random, int[] weights) {
        long bits = 0;
        for (int row = 0; row < weights.length; row++) {
            bits = row % 4 == 0 ? random.nextLong() : bits >>> 16;
            weights[row] = POISSON[(int) (bits & (DRAWS - 1))];
        }
    }

    /** The inverse of the distribution, tabulated: a draw costs sixteen random bits. */
    private static byte[] poisson() {
        byte[] table = new byte[DRAWS];
        double probability = Math.exp(-1);
        double cumulated = probability;
        byte count = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            while ((draw + 0.5) / DRAWS > cumulated && probability > 1e-12) {
                count++;
                probability /= count;
                cumulated += probability;
            }
            table[draw] = count;
        }
        return table;
    }
}
