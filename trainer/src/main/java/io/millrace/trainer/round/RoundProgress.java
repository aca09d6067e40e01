package io.millrace.trainer.round;

/** Hears how far a round is. */
@FunctionalInterface
public interface RoundProgress {

    /** Hears nothing. */
    RoundProgress SILENT = (stage, step, done, total) -> {};

    /** The last step of a round whose candidate was accepted. */
    String PUBLISHING = "publishing";

    /** The step in which an accepted candidate becomes a whole bundle, and is loaded as the stream would. */
    String COMPLETING = "writing the manifest";

    /** What a round does, in this order. */
    enum Stage {
        LEARNING,
        JUDGING
    }

    /**
     * Some of a step is done.
     *
     * @param step what is being done, in words
     * @param done so much of it
     * @param total out of so much
     */
    void at(Stage stage, String step, long done, long total);
}
