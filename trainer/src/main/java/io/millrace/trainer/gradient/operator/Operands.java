package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.millrace.trainer.gradient.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node computes from.
 *
 * <p>Threading: confined to one thread. Lifecycle: tensors made on the way belong to the manager of the run.
 */
public final class Operands {
    private final NDManager manager;
    private final List<@Nullable Value> values;

    /**
     * @param manager owner of what is made
     * @param values null for an input that is left out
     */
    public Operands(NDManager manager, List<@Nullable Value> values) {
        this.manager = manager;
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    NDManager manager() {
        return manager;
    }

    int count() {
        return values.size();
    }

    boolean has(int place) {
        return place < values.size() && values.get(place) != null;
    }

    Value value(int place) {
        Value value = place < values.size() ? values.get(place) : null;
        if (value == null) {
            throw new IllegalArgumentException("its input " + place + " is missing");
        }
        return value;
    }

    /** An operand as a tensor; integers of the heap become int64. */
    NDArray tensor(int place) {
        return tensor(value(place));
    }

    NDArray tensor(Value value) {
        if (value instanceof Value.Tensor tensor) {
            return tensor.array();
        }
        Value.Integers integers = (Value.Integers) value;
        return manager.create(integers.elements(), new Shape(integers.shape()));
    }

    /** An operand's whole numbers; those of a tensor are fetched. */
    long[] integers(int place) {
        Value value = value(place);
        if (value instanceof Value.Integers integers) {
            return integers.elements();
        }
        NDArray array = ((Value.Tensor) value).array();
        if (!array.getDataType().isInteger()) {
            throw new IllegalArgumentException("its input " + place + " must be whole numbers, is " + value);
        }
        try (NDArray wide = array.toType(DataType.INT64, true)) {
            return wide.toLongArray();
        }
    }

    /** The integers of an operand, if they are in the heap. */
    Value.@Nullable Integers inHeap(int place) {
        return value(place) instanceof Value.Integers integers ? integers : null;
    }

    /** Whether all operands are integers in the heap. */
    boolean allInHeap() {
        return values.stream().allMatch(value -> value instanceof Value.Integers);
    }

    /** The one element of an operand that is a constant. */
    @Nullable
    Float known(int place) {
        return has(place) && value(place) instanceof Value.Tensor tensor ? tensor.known() : null;
    }

    int rank(int place) {
        return value(place).rank();
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        long fromFront = axis < 0 ? axis + rank : axis;
        if (fromFront < 0 || fromFront >= Math.max(rank, 1)) {
            throw new IllegalArgumentException("it has axis " + axis + " where the operand has " + rank);
        }
        return (int) fromFront;
    }

    /** Axes counted from the front, in rising order. */
    static int[] axes(long[] axes, int rank) {
        return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).sorted().toArray();
    }

    /** The same tensor under a handle of its own. */
    static NDArray share(NDArray array) {
        return array.reshape(array.getShape());
    }
}
