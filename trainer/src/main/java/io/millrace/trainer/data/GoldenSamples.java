package io.millrace.trainer.data;

import io.millrace.inference.bundle.GoldenSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the inputs whose answers a bundle carries, so that whoever loads it can ask again.
 *
 * <p>Threading: stateless.
 */
public final class GoldenSamples {
    /** How far a loader's answer may be off. */
    public static final double TOLERANCE = 1e-5;

    private static final int SAMPLES = 8;

    private GoldenSamples() {}

    /**
     * Rows spread evenly from the lowest score to the highest, so that all kinds of answers are checked.
     *
     * @param rows at least one
     * @param scores the model's probability of the positive class of two, row by row
     */
    public static List<GoldenSample> spread(TrainingRows rows, double[] scores) {
        Integer[] byScore = new Integer[scores.length];
        Arrays.setAll(byScore, row -> row);
        Arrays.sort(byScore, (left, right) -> Double.compare(scores[left], scores[right]));
        Set<Integer> chosen = new LinkedHashSet<>();
        double low = scores[byScore[0]];
        double high = scores[byScore[byScore.length - 1]];
        for (int sample = 0; sample < SAMPLES; sample++) {
            double wanted = low + (high - low) * sample / (SAMPLES - 1);
            chosen.add(firstAtLeast(byScore, scores, wanted));
        }
        List<GoldenSample> samples = new ArrayList<>();
        for (int row : chosen) {
            samples.add(GoldenSample.ofFeatures(features(rows, row), List.of(1 - scores[row], scores[row])));
        }
        return samples;
    }

    private static int firstAtLeast(Integer[] byScore, double[] scores, double wanted) {
        for (int row : byScore) {
            if (scores[row] >= wanted) {
                return row;
            }
        }
        return byScore[byScore.length - 1];
    }

    private static List<Double> features(TrainingRows rows, int row) {
        List<Double> features = new ArrayList<>();
        for (int column = 0; column < rows.width(); column++) {
            features.add((double) rows.values()[row * rows.width() + column]);
        }
        return features;
    }
}
