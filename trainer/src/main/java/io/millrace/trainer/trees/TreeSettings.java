package io.millrace.trainer.trees;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How trees are grown.
 *
 * <p>Threading: immutable.
 *
 * @param rounds how many trees are added
 * @param learningRate how much of a new tree's opinion is taken, above 0 and at most 1
 * @param maxDepth the most questions from root to leaf
 * @param minChildWeight the least sum of second derivatives in a leaf
 * @param lambda how strongly leaf values are drawn to zero
 * @param seed same seed and rows, same trees
 */
public record TreeSettings(
        int rounds, double learningRate, int maxDepth, double minChildWeight, double lambda, long seed) {

    /** What served best on card transactions: many shallow trees, slowly. */
    public static final TreeSettings STANDARD = new TreeSettings(100, 0.1, 3, 1, 1, 0);

    public TreeSettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, was " + rounds);
        }
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learning rate must be above 0 and at most 1, was " + learningRate);
        }
        if (maxDepth < 1) {
            throw new IllegalArgumentException("depth must be at least 1, was " + maxDepth);
        }
        if (!(minChildWeight >= 0)) {
            throw new IllegalArgumentException("min child weight must not be below 0, was " + minChildWeight);
        }
        if (!(lambda >= 0)) {
            throw new IllegalArgumentException("lambda must not be below 0, was " + lambda);
        }
    }

    public TreeSettings withSeed(long newSeed) {
        return new TreeSettings(rounds, learningRate, maxDepth, minChildWeight, lambda, newSeed);
    }

    /** All but the seed, as lineage says it. */
    public String describe() {
        return "binary:logistic, exact splits, rounds " + rounds + ", learning rate " + learningRate + ", depth "
                + maxDepth + ", min child weight " + minChildWeight + ", lambda " + lambda;
    }

    /** The settings by XGBoost's names; one thread, so that sums are always taken in the same order. */
    Map<String, Object> toXgboost() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "binary:logistic");
        // A rare value (an amount above 220) is lost in histogram bins, not in exact splits.
        parameters.put("tree_method", "exact");
        parameters.put("eta", learningRate);
        parameters.put("max_depth", maxDepth);
        parameters.put("min_child_weight", minChildWeight);
        parameters.put("lambda", lambda);
        parameters.put("seed", seed);
        parameters.put("nthread", 1);
        return parameters;
    }
}
