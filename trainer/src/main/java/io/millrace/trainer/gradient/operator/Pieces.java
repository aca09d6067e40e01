package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.learn.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Tensors put together and cut apart. */
final class Pieces {
    private Pieces() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Concat", (attributes, set) -> concat(attributes));
        table.put("Slice", (attributes, set) -> slice(attributes));
        table.put("Split", (attributes, set) -> split(attributes));
        Gathering.addTo(table);
    }

    /** The elements of one axis from a place to before another. */
    static NDArray narrow(Operands operands, NDArray array, int axis, long from, long to) {
        NDIndex index = new NDIndex();
        for (int i = 0; i < axis; i++) {
            index.addAllDim();
        }
        index.addSliceDim(from, to);
        return array.get(operands.manager(), index);
    }

    private static Operator concat(Attributes attributes) {
        long axis = attributes.integer("axis", 0);
        return Operator.giving(operands -> {
            int place = Operands.axis(axis, operands.rank(0));
            if (operands.allInHeap() && operands.rank(0) == 1) {
                long[] joined = new long[0];
                for (int i = 0; i < operands.count(); i++) {
                    joined = LongStream.concat(Arrays.stream(joined), Arrays.stream(operands.integers(i)))
                            .toArray();
                }
                return Value.Integers.vector(joined);
            }
            NDList parts = new NDList();
            for (int i = 0; i < operands.count(); i++) {
                parts.add(operands.tensor(i));
            }
            return new Value.Tensor(NDArrays.concat(parts, place));
        });
    }

    /** Until operator set 9 by attributes, since then by inputs. */
    private static Operator slice(Attributes attributes) throws LearningException {
        long[] fixedStarts = attributes.integers("starts");
        long[] fixedEnds = attributes.integers("ends");
        long[] fixedAxes = attributes.integers("axes");
        return Operator.giving(operands -> {
            long[] starts = fixedStarts != null ? fixedStarts : operands.integers(1);
            long[] ends = fixedEnds != null ? fixedEnds : operands.integers(2);
            long[] axes = fixedAxes != null
                    ? fixedAxes
                    : operands.has(3)
                            ? operands.integers(3)
                            : LongStream.range(0, starts.length).toArray();
            if (operands.has(4) && Arrays.stream(operands.integers(4)).anyMatch(step -> step != 1)) {
                throw new IllegalArgumentException(
                        "its steps are " + Arrays.toString(operands.integers(4)) + ", only steps of 1 are supported");
            }
            Value value = operands.value(0);
            for (int i = 0; i < starts.length; i++) {
                value = cut(operands, value, Operands.axis(axes[i], value.rank()), starts[i], ends[i]);
            }
            return value == operands.value(0) ? new Value.Tensor(Operands.share(operands.tensor(0))) : value;
        });
    }

    private static Value cut(Operands operands, Value value, int axis, long start, long end) {
        long length = value.shape()[axis];
        long from = Math.max(0, Math.min(length, start < 0 ? start + length : start));
        long to = Math.max(from, Math.min(length, end < 0 ? end + length : end));
        if (value instanceof Value.Integers integers && leadingAreOne(integers.shape(), axis)) {
            long inner = integers.elements().length / Math.max(1, length);
            long[] shape = integers.shape().clone();
            shape[axis] = to - from;
            return new Value.Integers(
                    Arrays.copyOfRange(integers.elements(), (int) (from * inner), (int) (to * inner)), shape);
        }
        return new Value.Tensor(narrow(operands, operands.tensor(value), axis, from, to));
    }

    private static boolean leadingAreOne(long[] shape, int axis) {
        return Arrays.stream(shape, 0, axis).allMatch(length -> length == 1);
    }

    private static Operator split(Attributes attributes) {
        long axis = attributes.integer("axis", 0);
        long[] fixed = attributes.integers("split");
        long parts =
                attributes.integer("num_outputs", attributes.node().outputs().size());
        return operands -> {
            NDArray whole = operands.tensor(0);
            int place = Operands.axis(axis, operands.rank(0));
            long length = whole.getShape().get(place);
            long each = (length + parts - 1) / parts;
            long[] lengths = fixed != null
                    ? fixed
                    : operands.has(1)
                            ? operands.integers(1)
                            : LongStream.range(0, parts)
                                    .map(i -> Math.min(each, length - i * each))
                                    .toArray();
            List<Value> pieces = new ArrayList<>();
            long from = 0;
            for (long piece : lengths) {
                pieces.add(new Value.Tensor(narrow(operands, whole, place, from, from + piece)));
                from += piece;
            }
            return pieces;
        };
    }
}
