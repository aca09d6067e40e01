package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.trainer.gradient.graph.Tensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value of the frozen part, of every example. Values per token are kept without padding and in 16 bits; values per
 * example in 32.
 *
 * <p>Threading: confined to one thread.
 */
final class KeptValue {
    private final boolean perToken;
    private final long[] tail;
    private final int width;
    private final short[][] halves;
    private final float[][] floats;

    /**
     * @param perToken whether its second axis is that of the tokens
     * @param tail lengths of the axes behind that of the examples, or of the tokens
     */
    KeptValue(boolean perToken, long[] tail, int examples) {
        this.perToken = perToken;
        this.tail = tail;
        this.width = Math.toIntExact(Tensors.count(tail));
        this.halves = new short[perToken ? examples : 0][];
        this.floats = new float[perToken ? 0 : examples][];
    }

    /**
     * How a value is laid out, told from one batch of two examples, and from the same with one token more.
     *
     * @return null if it is neither per example nor per token
     */
    static @Nullable KeptValue of(NDArray batch, NDArray longer, int examples) {
        long[] shape = batch.getShape().getShape();
        long[] other = longer.getShape().getShape();
        if (shape.length == 0 || shape[0] != 2 || shape.length != other.length) {
            return null;
        }
        if (Arrays.equals(shape, other)) {
            return new KeptValue(false, Arrays.copyOfRange(shape, 1, shape.length), examples);
        }
        long[] expected = shape.clone();
        if (shape.length > 1) {
            expected[1]++;
        }
        return Arrays.equals(expected, other)
                ? new KeptValue(true, Arrays.copyOfRange(shape, 2, shape.length), examples)
                : null;
    }

    /** Room for the values of rows that are known already, and of other examples. */
    static KeptValue of(KeptRows known, int examples) {
        return new KeptValue(known.perToken(), new long[] {known.width()}, examples);
    }

    /** Whether rows are laid out as this value is. */
    boolean fits(KeptRows rows) {
        return rows.perToken() == perToken && tail.length == 1 && tail[0] == rows.width();
    }

    /** Takes over rows that are known already, for the examples from a number on. */
    void put(int firstExample, KeptRows known) {
        for (int row = 0; row < known.rows().length; row++) {
            short[] values = known.rows()[row];
            if (perToken) {
                halves[firstExample + row] = values;
            } else {
                float[] wide = new float[values.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = HalfFloats.toFloat(values[i]);
                }
                floats[firstExample + row] = wide;
            }
        }
    }

    /**
     * What is kept, by its name.
     *
     * @return null if its numbers have more than one axis per example or token
     */
    @Nullable
    KeptRows rows(String name) {
        if (tail.length != 1) {
            return null;
        }
        return perToken ? new KeptRows(name, true, width, halves) : KeptRows.perExample(name, floats);
    }

    /** How much memory the values of so many examples and tokens take. */
    long bytes(long examples, long tokens) {
        return perToken ? tokens * width * Short.BYTES : examples * width * Float.BYTES;
    }

    /** Keeps a batch's values. */
    void put(int[] examples, int[] lengths, int length, float[] values) {
        for (int i = 0; i < examples.length; i++) {
            if (perToken) {
                short[] kept = new short[lengths[i] * width];
                int from = i * length * width;
                for (int k = 0; k < kept.length; k++) {
                    kept[k] = HalfFloats.of(values[from + k]);
                }
                halves[examples[i]] = kept;
            } else {
                floats[examples[i]] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
            }
        }
    }

    /** A batch of what was kept; padding is zero. */
    NDArray get(int[] examples, int length, NDManager run) {
        int each = perToken ? length * width : width;
        float[] packed = new float[examples.length * each];
        for (int i = 0; i < examples.length; i++) {
            if (perToken) {
                short[] kept = halves[examples[i]];
                for (int k = 0; k < kept.length; k++) {
                    packed[i * each + k] = HalfFloats.toFloat(kept[k]);
                }
            } else {
                System.arraycopy(floats[examples[i]], 0, packed, i * each, width);
            }
        }
        int leading = perToken ? 2 : 1;
        long[] shape = new long[leading + tail.length];
        shape[0] = examples.length;
        if (perToken) {
            shape[1] = length;
        }
        System.arraycopy(tail, 0, shape, leading, tail.length);
        return run.create(packed, new Shape(shape));
    }
}
