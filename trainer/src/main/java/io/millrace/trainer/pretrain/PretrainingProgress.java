package io.millrace.trainer.pretrain;

/** Told how far a pretraining is, for people who wait. */
public interface PretrainingProgress {

    /** So many transactions have their features. */
    void featuresDone(long transactions);

    /** What happens next, in words. */
    void step(String description);

    /**
     * Some of a long step is done.
     *
     * @param step what is being done, such as "epoch 2 of 3"
     * @param done so much of it
     * @param total out of so much
     */
    void tuning(String step, long done, long total);

    /** For who does not wait. */
    PretrainingProgress SILENT = new PretrainingProgress() {
        @Override
        public void featuresDone(long transactions) {}

        @Override
        public void step(String description) {}

        @Override
        public void tuning(String step, long done, long total) {}
    };
}
