package io.millrace.trainer.gradient.tuning;

/**
 * How a tuning went.
 *
 * <p>Threading: immutable.
 *
 * @param epochs how many were run
 * @param bestEpoch whose weights were taken, from 1 on; 0: none was better than what there was before
 * @param steps how often the weights were moved
 * @param clipped in how many of these the gradients were scaled down
 * @param trainingLoss mean of the last epoch
 * @param before of the validation examples, and replayed ones beside them, with the weights that there were
 * @param after of these with the weights that were taken
 */
public record TuningResult(
        int epochs, int bestEpoch, long steps, long clipped, double trainingLoss, Judged before, Judged after) {}
