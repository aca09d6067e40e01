package io.millrace.trainer.gradient.replay;

import io.millrace.trainer.gradient.tuning.KeptRows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples of the domain that a model was first made for: not their texts, but what the frozen part of the model makes
 * of them, and their classes. Some are to be learned again beside new examples; the others were never learned from, and
 * show whether the old domain is forgotten.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param classes how many classes there are
 * @param referenceAccuracy share of the judging examples that the model got right when the set was made: what is lost
 *     since is counted from here, however many versions lie between
 * @param labels index of the true class, by example
 * @param tokens how many tokens each example has
 * @param judging whether an example is kept to judge, and not to be learned again
 * @param values what the frozen part makes of the examples: each value that the trainable part reads
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
public record ReplaySet(
        int classes, double referenceAccuracy, int[] labels, int[] tokens, boolean[] judging, List<KeptRows> values) {

    /** Where a bundle has it, if it has one. */
    public static final String BLOB = "replay.bin";

    public ReplaySet {
        values = List.copyOf(values);
        int size = labels.length;
        require(classes >= 2 && classes <= Byte.MAX_VALUE, "there must be 2 to 127 classes, are " + classes);
        require(
                referenceAccuracy >= 0 && referenceAccuracy <= 1,
                "the reference accuracy must be from 0 to 1, is " + referenceAccuracy);
        require(
                tokens.length == size && judging.length == size,
                "there are " + size + " labels, but " + tokens.length + " lengths and " + judging.length + " uses");
        require(!values.isEmpty(), "there is no value");
        for (int i = 0; i < size; i++) {
            require(labels[i] >= 0 && labels[i] < classes, "example " + i + " is of class " + labels[i]);
            require(tokens[i] >= 1, "example " + i + " has " + tokens[i] + " tokens");
        }
        for (KeptRows value : values) {
            require(
                    value.rows().length == size,
                    "value '" + value.name() + "' has " + value.rows().length + " rows for " + size + " examples");
            for (int i = 0; i < size; i++) {
                int expected = value.perToken() ? tokens[i] * value.width() : value.width();
                require(
                        value.rows()[i].length == expected,
                        "value '" + value.name() + "' has " + value.rows()[i].length + " numbers of example " + i
                                + ", should have " + expected);
            }
        }
    }

    /** The same examples with another reference. */
    public ReplaySet withReferenceAccuracy(double accuracy) {
        return new ReplaySet(classes, accuracy, labels, tokens, judging, values);
    }

    public int size() {
        return labels.length;
    }

    /** Numbers of the examples to learn again. */
    public int[] learned() {
        return IntStream.range(0, size()).filter(i -> !judging[i]).toArray();
    }

    /** Numbers of the examples that judge. */
    public int[] judged() {
        return IntStream.range(0, size()).filter(i -> judging[i]).toArray();
    }

    /** Some of the examples, in this order. */
    public ReplaySet only(int[] examples) {
        boolean[] uses = new boolean[examples.length];
        for (int i = 0; i < uses.length; i++) {
            uses[i] = judging[examples[i]];
        }
        return new ReplaySet(
                classes,
                referenceAccuracy,
                IntStream.of(examples).map(i -> labels[i]).toArray(),
                IntStream.of(examples).map(i -> tokens[i]).toArray(),
                uses,
                values.stream().map(value -> only(value, examples)).toList());
    }

    private static KeptRows only(KeptRows value, int[] examples) {
        short[][] rows = new short[examples.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = value.rows()[examples[i]];
        }
        return new KeptRows(value.name(), value.perToken(), value.width(), rows);
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("replay set: " + problem);
        }
    }
}
