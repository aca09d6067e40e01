package io.millrace.trainer.learn;

/** Hears how far a learner is. */
@FunctionalInterface
public interface LearningProgress {

    /** Hears nothing. */
    LearningProgress SILENT = (step, done, total) -> {};

    /** The last step of every learner: what was learned is exported, and must answer in ONNX Runtime as it was learned. */
    String COMPARING = "comparing with ONNX Runtime";

    /**
     * Some of a step is done.
     *
     * @param step what is being done, such as "epoch 2 of 3"
     * @param done so much of it
     * @param total out of so much
     */
    void at(String step, long done, long total);
}
