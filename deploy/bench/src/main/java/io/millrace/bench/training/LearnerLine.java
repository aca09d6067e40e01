package io.millrace.bench.training;

import io.millrace.bench.Spread;

/**
 * How fast one learner was. Threading: immutable. Units: seconds.
 *
 * @param trainable which part of the model changed
 * @param examples it was given
 * @param passes how often it learned from each; of trees, how many it added
 * @param seconds from the champion's bytes to the candidate's
 * @param examplesPerSecond examples over all of these seconds
 * @param passesPerSecond examples times passes over the seconds in which it learned
 * @param preparingSeconds the median of what comes before: reading, and of a frozen part what is computed once
 * @param learningSeconds the median
 * @param exportSeconds the median of exporting and comparing with ONNX Runtime
 * @param parity how far ONNX Runtime was from what was learned, as the lineage says it
 */
public record LearnerLine(
        String learner,
        String trainable,
        int examples,
        int passes,
        Spread seconds,
        Spread examplesPerSecond,
        double passesPerSecond,
        double preparingSeconds,
        double learningSeconds,
        double exportSeconds,
        String parity) {}
