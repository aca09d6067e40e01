package io.millrace.trainer.gradient.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Examples in batches. Those of one batch are about equally long, so that little is padded.
 *
 * <p>Threading: stateless.
 */
public final class Batches {
    /** How far an example may stray from its place by length, in tokens: batches differ from epoch to epoch. */
    private static final double STRAY = 1.5;

    private Batches() {}

    /** An epoch's batches: other neighbours and another order each time. */
    static List<int[]> shuffled(ModelInputs inputs, int[] examples, int batch, Random random) {
        Integer[] order = Arrays.stream(examples).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(order), random);
        double[] places = new double[order.length];
        Integer[] sorted = new Integer[order.length];
        for (int i = 0; i < order.length; i++) {
            places[i] = inputs.length(order[i]) + random.nextDouble() * STRAY;
            sorted[i] = i;
        }
        boolean lengthsDiffer = Arrays.stream(order).anyMatch(example -> inputs.length(example) > 1);
        if (lengthsDiffer) {
            Arrays.sort(sorted, Comparator.comparingDouble(i -> places[i]));
        }
        List<int[]> batches = cut(Arrays.stream(sorted).mapToInt(i -> order[i]).toArray(), batch);
        Collections.shuffle(batches, random);
        return batches;
    }

    /** All examples in batches by length, always the same. */
    public static List<int[]> sorted(ModelInputs inputs, int batch) {
        return sorted(inputs, IntStream.range(0, inputs.size()).toArray(), batch);
    }

    /** Some examples in batches by length, always the same. */
    static List<int[]> sorted(ModelInputs inputs, int[] examples, int batch) {
        int[] order = Arrays.stream(examples)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(inputs::length).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        return cut(order, batch);
    }

    private static List<int[]> cut(int[] order, int batch) {
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += batch) {
            batches.add(Arrays.copyOfRange(order, start, Math.min(order.length, start + batch)));
        }
        return batches;
    }
}
