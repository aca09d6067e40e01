package io.millrace.trainer.learn;

/** A learner cannot make a candidate; the message says why and what would help. */
public final class LearningException extends Exception {
    private static final long serialVersionUID = 1L;

    public LearningException(String message) {
        super(message);
    }

    public LearningException(String message, Throwable cause) {
        super(message, cause);
    }
}
