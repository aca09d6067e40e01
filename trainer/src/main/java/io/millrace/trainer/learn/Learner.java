package io.millrace.trainer.learn;

import io.millrace.inference.bundle.Bundle;

/**
 * Makes a better model out of the present one and of examples.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #learn} returns. The same
 * champion, task and code give the same bytes.
 */
public interface Learner {

    /** The learner's name in configurations and lineage, such as {@code trees}. */
    String name();

    /**
     * Goes on from the champion's weights.
     *
     * @throws LearningException if it cannot: the model is not of its kind, an operator is not supported, the export
     *     differs from what was learned, or the examples do not suffice
     */
    Candidate learn(Bundle champion, LearningTask task, LearningProgress progress) throws LearningException;
}
