package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How the trees learner goes on.
 *
 * @param rounds trees that a round adds to the champion's; 10 by default
 * @param maxTrees the most trees of a model: a round that would pass it grows {@code freshRounds} from nothing
 *     instead; 200 by default
 * @param freshRounds trees of a model that is grown from nothing; 100 by default
 * @param learningRate how much of a new tree's opinion is taken; 0.1 by default
 * @param maxDepth questions from root to leaf; 3 by default
 */
public record TreesConfig(int rounds, int maxTrees, int freshRounds, double learningRate, int maxDepth) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static TreesConfig of(
            @Nullable Integer rounds,
            @Nullable Integer maxTrees,
            @Nullable Integer freshRounds,
            @Nullable Double learningRate,
            @Nullable Integer maxDepth) {
        return new TreesConfig(
                rounds == null ? 10 : rounds,
                maxTrees == null ? 200 : maxTrees,
                freshRounds == null ? 100 : freshRounds,
                learningRate == null ? 0.1 : learningRate,
                maxDepth == null ? 3 : maxDepth);
    }

    /** The defaults. */
    public static TreesConfig defaults() {
        return of(null, null, null, null, null);
    }

    public TreesConfig {
        Checks.range("rounds", rounds, 1, 10_000);
        Checks.range("max-trees", maxTrees, 1, 100_000);
        Checks.range("fresh-rounds", freshRounds, 1, maxTrees);
        Checks.range("learning-rate", learningRate, 1e-6, 1.0);
        Checks.range("max-depth", maxDepth, 1, 20);
    }
}
