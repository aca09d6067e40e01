package io.millrace.trainer.service;

import io.millrace.trainer.config.TrainingConfig;

/**
 * A model that goes on learning.
 *
 * @param model its name
 * @param config how, and from which pipeline's examples
 */
public record TrainedModel(String model, TrainingConfig config) {

    /** The pipeline whose examples are learned from. */
    public String pipeline() {
        return config.pipeline();
    }
}
