package io.millrace.trainer.example;

import io.millrace.trainer.data.TrainingRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Examples in the order of event time, then of id, whatever order they came in.
 *
 * <p>Threading: immutable.
 *
 * @param examples at most one per event
 */
public record ExampleSet(List<Example> examples) {
    private static final Comparator<Example> BY_TIME =
            Comparator.comparingLong(Example::eventTimeMillis).thenComparing(Example::eventId);

    public ExampleSet {
        examples = examples.stream().sorted(BY_TIME).toList();
    }

    public int size() {
        return examples.size();
    }

    /** Those that a condition holds for. */
    public ExampleSet where(Predicate<Example> condition) {
        return new ExampleSet(examples.stream().filter(condition).toList());
    }

    /** How many have the class of this index. */
    public int count(int label) {
        return Math.toIntExact(
                examples.stream().filter(example -> example.label() == label).count());
    }

    /** Which are of the class of this index, in order. */
    public boolean[] areOf(int label) {
        boolean[] are = new boolean[examples.size()];
        for (int i = 0; i < are.length; i++) {
            are[i] = examples.get(i).label() == label;
        }
        return are;
    }

    /** How much each counts in training, in order. */
    public float[] weights() {
        float[] weights = new float[examples.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) examples.get(i).weight();
        }
        return weights;
    }

    /** These and others together. */
    public ExampleSet and(ExampleSet others) {
        List<Example> all = new ArrayList<>(examples);
        all.addAll(others.examples);
        return new ExampleSet(all);
    }

    /**
     * Features and labels of a yes-or-no question, packed row after row.
     *
     * @param width features a row
     * @throws IllegalArgumentException if an example has another number of features
     */
    public TrainingRows rows(int width) {
        float[] values = new float[Math.multiplyExact(examples.size(), width)];
        float[] labels = new float[examples.size()];
        for (int row = 0; row < labels.length; row++) {
            Example example = examples.get(row);
            float[] features = example.features();
            if (features == null || features.length != width) {
                throw new IllegalArgumentException("example " + example.eventId() + " has "
                        + (features == null ? "no" : String.valueOf(features.length)) + " features, the model has "
                        + width);
            }
            System.arraycopy(features, 0, values, row * width, width);
            labels[row] = example.label() > 0 ? 1 : 0;
        }
        return new TrainingRows(values, labels, width);
    }
}
