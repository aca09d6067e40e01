package io.millrace.trainer.pretrain;

import org.jspecify.annotations.Nullable;

/**
 * How good a model of texts is.
 *
 * <p>Threading: immutable.
 *
 * @param tuned on held-out sentences, as it came from the tuning
 * @param coded on held-out sentences, with what was tuned coded in few bits
 * @param fp32HeldOut on held-out sentences, coded and calibrated: the model that is packed
 * @param int8HeldOut on held-out sentences, its int8 form; null if it has none
 * @param fp32Test on the test file
 * @param int8Test on the test file, its int8 form; null if it has none
 */
public record SentimentFigures(
        TextQuality tuned,
        TextQuality coded,
        TextQuality fp32HeldOut,
        @Nullable TextQuality int8HeldOut,
        TextQuality fp32Test,
        @Nullable TextQuality int8Test) {}
