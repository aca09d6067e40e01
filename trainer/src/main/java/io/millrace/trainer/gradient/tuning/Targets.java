package io.millrace.trainer.gradient.tuning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is true of each example, and how much it counts.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param classes index of the true class, per example
 * @param weights how much the example counts
 * @param count how many classes there are
 * @param answers shares of the classes that are to be learned in place of the true class, of some examples by number
 */
@SuppressWarnings("ArrayRecordComponent") // one per run, never compared
public record Targets(int[] classes, double[] weights, int count, Map<Integer, float[]> answers) {

    /** Of each example its true class is to be learned. */
    public Targets(int[] classes, double[] weights, int count) {
        this(classes, weights, count, Map.of());
    }

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
        return new Targets(classes, scaled, count, answers);
    }

    /** The same, but some examples count as they do elsewhere. */
    Targets with(int[] examples, Targets elsewhere) {
        double[] mixed = weights.clone();
        for (int example : examples) {
            mixed[example] = elsewhere.weights[example];
        }
        return new Targets(classes, mixed, count, answers);
    }

    /**
     * The same, but of some examples what a model answered is to be learned in place of the true class.
     *
     * @param probabilities of the classes, by example
     */
    Targets answered(int[] examples, float[][] probabilities) {
        Map<Integer, float[]> all = new HashMap<>(answers);
        for (int i = 0; i < examples.length; i++) {
            all.put(examples[i], probabilities[i]);
        }
        return new Targets(classes, weights, count, all);
    }

    /** How much of a class an example is to be learned as. */
    double share(int example, int ofClass) {
        float[] answer = answers.get(example);
        if (answer != null) {
            return answer[ofClass];
        }
        return classes[example] == ofClass ? 1 : 0;
    }

    /**
     * How many of a batch are most probably of their true class.
     *
     * @param outputs what the model says of each class, example after example
     */
    long right(int[] examples, float[] outputs) {
        long right = 0;
        for (int i = 0; i < examples.length; i++) {
            int most = 0;
            for (int other = 1; other < count; other++) {
                if (outputs[i * count + other] > outputs[i * count + most]) {
                    most = other;
                }
            }
            right += most == classes[examples[i]] ? 1 : 0;
        }
        return right;
    }
}
