package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How the gradient learner tunes; which part of the model it may change, the model's manifest says.
 *
 * @param learningRate peak of AdamW's rate; 1e-4 by default
 * @param weightDecay decoupled; 0.01 by default
 * @param warmUp share of the steps in which the rate rises to its peak; after it, it falls to zero; 0.1 by default
 * @param epochs at most; 3 by default
 * @param batch examples per step; 32 by default
 * @param clip largest norm of all gradients together; 1 by default
 * @param patience epochs without a better validation loss after which it stops; 1 by default
 * @param stopOn what is asked of validation examples, to say which epoch's weights are taken; loss by default
 * @param balance whether rare classes weigh more, by the inverse of their frequency; false by default
 */
public record GradientConfig(
        double learningRate,
        double weightDecay,
        double warmUp,
        int epochs,
        int batch,
        double clip,
        int patience,
        StoppingMetric stopOn,
        boolean balance) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static GradientConfig of(
            @Nullable Double learningRate,
            @Nullable Double weightDecay,
            @Nullable Double warmUp,
            @Nullable Integer epochs,
            @Nullable Integer batch,
            @Nullable Double clip,
            @Nullable Integer patience,
            @Nullable StoppingMetric stopOn,
            @Nullable Boolean balance) {
        return new GradientConfig(
                learningRate == null ? 1e-4 : learningRate,
                weightDecay == null ? 0.01 : weightDecay,
                warmUp == null ? 0.1 : warmUp,
                epochs == null ? 3 : epochs,
                batch == null ? 32 : batch,
                clip == null ? 1 : clip,
                patience == null ? 1 : patience,
                stopOn == null ? StoppingMetric.LOSS : stopOn,
                balance != null && balance);
    }

    /** The defaults. */
    public static GradientConfig defaults() {
        return of(null, null, null, null, null, null, null, null, null);
    }

    public GradientConfig {
        Checks.range("learning-rate", learningRate, 1e-9, 1.0);
        Checks.range("weight-decay", weightDecay, 0.0, 1.0);
        Checks.range("warm-up", warmUp, 0.0, 0.9);
        Checks.range("epochs", epochs, 1, 10_000);
        Checks.range("batch", batch, 1, 100_000);
        Checks.range("clip", clip, 1e-6, 1e6);
        Checks.range("patience", patience, 1, 10_000);
    }
}
