package io.millrace.trainer.gradient.tuning;

import java.util.Arrays;

/**
 * What is true of each example, and how much it counts.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param classes index of the true class, per example
 * @param weights how much the example counts
 * @param count how many classes there are
 */
@SuppressWarnings("ArrayRecordComponent") // one per run, never compared
public record Targets(int[] classes, double[] weights, int count) {

    /**
     * The same with weights whose mean over some examples is 1, and whose sum over each class is equal if that is
     * wanted.
     *
     * @param examples those that are learned from
     */
    Targets scaled(int[] examples, boolean balanced) {
        double[] sums = new double[count];
        double total = 0;
        for (int example : examples) {
            sums[classes[example]] += weights[example];
            total += weights[example];
        }
        long present = Arrays.stream(sums).filter(sum -> sum > 0).count();
        double[] factors = new double[count];
        for (int i = 0; i < count; i++) {
            double share = balanced ? sums[i] * present : total;
            factors[i] = share > 0 ? examples.length / share : 0;
        }
        double[] scaled = new double[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = weights[i] * factors[classes[i]];
        }
        return new Targets(classes, scaled, count);
    }
}
