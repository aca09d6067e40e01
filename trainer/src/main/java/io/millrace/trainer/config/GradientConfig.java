package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How the gradient learner tunes; which part of the model it may change, the model's manifest says. What is left out
 * takes the value of {@link TuningSettings#GENERAL}, or of {@link TuningSettings#ADAPTING} for a model that carries a
 * replay set of its first domain.
 *
 * @param learningRate peak of AdamW's rate; 1e-4, or 1e-3 with a replay set
 * @param weightDecay decoupled; 0.01, or 0 with a replay set
 * @param warmUp share of the steps in which the rate rises to its peak; after it, it falls to zero; 0.1
 * @param epochs at most; 3, or 20 with a replay set
 * @param batch examples per step; 32
 * @param clip largest norm of all gradients together; 1
 * @param patience epochs without a better validation loss after which it stops; 1, or 20 with a replay set
 * @param stopOn what is asked of validation examples, and of the replay set beside them in the same proportion as in
 *     learning, to say which epoch's weights are taken; loss
 * @param balance whether rare classes weigh more, by the inverse of their frequency; false
 * @param replayRatio how many examples of the replay set are learned again beside each new one, as the champion answers
 *     them; 8 if there is a set
 * @param pull how strongly the weights are drawn back to the champion's: the penalty is half of it times the squared
 *     distance (L2-SP; Li, Grandvalet and Davoine 2018); 0, or 0.03 with a replay set
 */
public record GradientConfig(
        @Nullable Double learningRate,
        @Nullable Double weightDecay,
        @Nullable Double warmUp,
        @Nullable Integer epochs,
        @Nullable Integer batch,
        @Nullable Double clip,
        @Nullable Integer patience,
        @Nullable StoppingMetric stopOn,
        @Nullable Boolean balance,
        @Nullable Double replayRatio,
        @Nullable Double pull) {

    /** Without a word on replay: that of the defaults. */
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
                learningRate, weightDecay, warmUp, epochs, batch, clip, patience, stopOn, balance, null, null);
    }

    /** The defaults. */
    public static GradientConfig defaults() {
        return of(null, null, null, null, null, null, null, null, null);
    }

    @JsonCreator
    public GradientConfig {
        TuningSettings.GENERAL.with(
                learningRate, weightDecay, warmUp, epochs, batch, clip, patience, stopOn, balance, replayRatio, pull);
    }

    /**
     * What holds for a model.
     *
     * @param adapting whether it carries a replay set
     */
    public TuningSettings settings(boolean adapting) {
        return (adapting ? TuningSettings.ADAPTING : TuningSettings.GENERAL)
                .with(
                        learningRate,
                        weightDecay,
                        warmUp,
                        epochs,
                        batch,
                        clip,
                        patience,
                        stopOn,
                        balance,
                        replayRatio,
                        pull);
    }
}
