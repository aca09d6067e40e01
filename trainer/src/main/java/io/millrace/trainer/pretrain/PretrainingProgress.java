package io.millrace.trainer.pretrain;

/** Told how far a pretraining is, for people who wait. */
public interface PretrainingProgress {

    /** So many transactions have their features. */
    void featuresDone(long transactions);

    /** What happens next, in words. */
    void step(String description);

    /** For who does not wait. */
    PretrainingProgress SILENT = new PretrainingProgress() {
        @Override
        public void featuresDone(long transactions) {}

        @Override
        public void step(String description) {}
    };
}
