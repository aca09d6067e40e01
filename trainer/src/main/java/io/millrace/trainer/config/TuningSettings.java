package io.millrace.trainer.config;

import org.jspecify.annotations.Nullable;

/**
 * How a model is tuned, with every value given: see {@link GradientConfig}.
 *
 * <p>Threading: immutable.
 */
public record TuningSettings(
        double learningRate,
        double weightDecay,
        double warmUp,
        int epochs,
        int batch,
        double clip,
        int patience,
        StoppingMetric stopOn,
        boolean balance,
        double replayRatio,
        double pull) {

    /** For a model that carries nothing of its first domain. */
    public static final TuningSettings GENERAL =
            new TuningSettings(1e-4, 0.01, 0.1, 3, 32, 1, 1, StoppingMetric.LOSS, false, 0, 0);

    /** For a model that is taught a new domain and must not forget its first one: chosen by experiment. */
    public static final TuningSettings ADAPTING =
            new TuningSettings(1e-3, 0, 0.1, 20, 32, 1, 20, StoppingMetric.LOSS, false, 8, 0.03);

    public TuningSettings {
        Checks.range("learning-rate", learningRate, 1e-9, 1.0);
        Checks.range("weight-decay", weightDecay, 0.0, 1.0);
        Checks.range("warm-up", warmUp, 0.0, 0.9);
        Checks.range("epochs", epochs, 1, 10_000);
        Checks.range("batch", batch, 1, 100_000);
        Checks.range("clip", clip, 1e-6, 1e6);
        Checks.range("patience", patience, 1, 10_000);
        Checks.range("replay-ratio", replayRatio, 0.0, 1_000.0);
        Checks.range("pull", pull, 0.0, 1e6);
    }

    /** The same, but for what is given. */
    TuningSettings with(
            @Nullable Double newLearningRate,
            @Nullable Double newWeightDecay,
            @Nullable Double newWarmUp,
            @Nullable Integer newEpochs,
            @Nullable Integer newBatch,
            @Nullable Double newClip,
            @Nullable Integer newPatience,
            @Nullable StoppingMetric newStopOn,
            @Nullable Boolean newBalance,
            @Nullable Double newReplayRatio,
            @Nullable Double newPull) {
        return new TuningSettings(
                newLearningRate == null ? learningRate : newLearningRate,
                newWeightDecay == null ? weightDecay : newWeightDecay,
                newWarmUp == null ? warmUp : newWarmUp,
                newEpochs == null ? epochs : newEpochs,
                newBatch == null ? batch : newBatch,
                newClip == null ? clip : newClip,
                newPatience == null ? patience : newPatience,
                newStopOn == null ? stopOn : newStopOn,
                newBalance == null ? balance : newBalance,
                newReplayRatio == null ? replayRatio : newReplayRatio,
                newPull == null ? pull : newPull);
    }
}
