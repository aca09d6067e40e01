package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How one pipeline's model goes on learning.
 *
 * @param pipeline whose examples are learned from, and whose model is trained
 * @param learner null: trees if the champion's bundle holds a booster, else gradients
 * @param every when a round is due
 * @param window which examples a round learns from and judges on
 * @param gate when a candidate is accepted
 * @param trees settings of the trees learner
 * @param gradient settings of the gradient learner
 * @param seed same seed, examples and code give the same bytes; 0 by default
 */
public record TrainingConfig(
        String pipeline,
        @Nullable LearnerKind learner,
        TriggerConfig every,
        WindowConfig window,
        GateConfig gate,
        TreesConfig trees,
        GradientConfig gradient,
        long seed) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static TrainingConfig of(
            @Nullable String pipeline,
            @Nullable LearnerKind learner,
            @Nullable TriggerConfig every,
            @Nullable WindowConfig window,
            @Nullable GateConfig gate,
            @Nullable TreesConfig trees,
            @Nullable GradientConfig gradient,
            @Nullable Long seed) {
        if (pipeline == null || pipeline.isBlank()) {
            throw new IllegalArgumentException("pipeline is missing: name the pipeline whose model is trained");
        }
        return new TrainingConfig(
                pipeline,
                learner,
                every == null ? TriggerConfig.defaults() : every,
                window == null ? WindowConfig.defaults() : window,
                gate == null ? GateConfig.defaults() : gate,
                trees == null ? TreesConfig.defaults() : trees,
                gradient == null ? GradientConfig.defaults() : gradient,
                seed == null ? 0 : seed);
    }

    public TrainingConfig {
        boolean streamTellsIt = gate.metric() != GateMetric.ACCURACY && gate.metric() != GateMetric.BALANCED_ACCURACY;
        if (every.drop() != null && !streamTellsIt) {
            throw new IllegalArgumentException("every.drop watches the gate's metric in the stream, which does not"
                    + " tell accuracy: leave every.drop out, or set gate.metric to average-precision, roc-auc or"
                    + " log-likelihood");
        }
    }
}
