package io.millrace.trainer.gradient.tuning;

import io.millrace.trainer.config.StoppingMetric;

/**
 * What a model is worth on examples that it does not learn from.
 *
 * <p>Threading: immutable.
 *
 * @param loss mean cross entropy, by weight; NaN without examples
 * @param accuracy share of them whose class it finds; NaN without examples
 */
public record Judged(double loss, double accuracy) {
    static final Judged NOTHING = new Judged(Double.NaN, Double.NaN);

    /** The mean of this and of other examples, of which each counts so many times as much as one of these. */
    Judged beside(Judged others, double ratio) {
        return new Judged(
                (loss + ratio * others.loss) / (1 + ratio), (accuracy + ratio * others.accuracy) / (1 + ratio));
    }

    boolean isBetterThan(Judged other, StoppingMetric metric) {
        return switch (metric) {
            case LOSS -> loss < other.loss;
            case ACCURACY -> accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
        };
    }
}
