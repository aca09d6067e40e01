package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.gradient.graph.Tensors;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.learn.LearningException;
import java.util.Arrays;
import java.util.Map;

/** The same elements in another shape, and shapes as numbers to compute with. */
final class Shapes {
    private Shapes() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Shape", (attributes, set) -> shape(attributes));
        table.put(
                "Size",
                OperatorFactory.plain(Operator.giving(operands ->
                        Value.Integers.scalar(Tensors.count(operands.value(0).shape())))));
        table.put("Reshape", (attributes, set) -> {
            attributes.requireInteger("allowzero", 0, 0);
            return Operator.giving(operands -> reshape(operands, asked(operands)));
        });
        table.put("Flatten", (attributes, set) -> flatten(attributes));
        table.put("Transpose", (attributes, set) -> transpose(attributes));
        table.put("Expand", OperatorFactory.plain(Operator.giving(Shapes::expand)));
        table.put("ConstantOfShape", (attributes, set) -> constantOfShape(attributes));
        table.put("Range", OperatorFactory.plain(Operator.giving(Shapes::range)));
        Axes.addTo(table);
    }

    /** The same elements in this shape. */
    static Value reshape(Operands operands, long[] shape) {
        Value.Integers integers = operands.inHeap(0);
        return integers != null
                ? integers.in(shape)
                : new Value.Tensor(operands.tensor(0).reshape(new Shape(shape)));
    }

    private static Operator shape(Attributes attributes) {
        long start = attributes.integer("start", 0);
        long end = attributes.integer("end", Long.MAX_VALUE);
        return Operator.giving(operands -> {
            long[] shape = operands.value(0).shape();
            int from = inside(start, shape.length);
            return Value.Integers.vector(Arrays.copyOfRange(shape, from, Math.max(from, inside(end, shape.length))));
        });
    }

    private static int inside(long place, int length) {
        return (int) Math.max(0, Math.min(length, place < 0 ? place + length : place));
    }

    /** The shape that was asked for, its zeros and its -1 filled in. */
    private static long[] asked(Operands operands) {
        long[] before = operands.value(0).shape();
        long[] shape = operands.integers(1).clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0) {
                shape[i] = before[i];
            }
            if (shape[i] == -1) {
                open = i;
            } else {
                known *= shape[i];
            }
        }
        if (open >= 0) {
            shape[open] = known == 0 ? 0 : Tensors.count(before) / known;
        }
        return shape;
    }

    private static Operator flatten(Attributes attributes) {
        long axis = attributes.integer("axis", 1);
        return Operator.giving(operands -> {
            long[] before = operands.value(0).shape();
            int place = (int) (axis < 0 ? axis + before.length : axis);
            long rows = Tensors.count(Arrays.copyOf(before, place));
            long columns = Tensors.count(Arrays.copyOfRange(before, place, before.length));
            return reshape(operands, new long[] {rows, columns});
        });
    }

    private static Operator transpose(Attributes attributes) {
        long[] order = attributes.integers("perm");
        return Operator.tensor(operands -> {
            int rank = operands.rank(0);
            int[] axes = new int[rank];
            for (int i = 0; i < rank; i++) {
                axes[i] = order == null ? rank - 1 - i : (int) order[i];
            }
            return operands.tensor(0).transpose(axes);
        });
    }

    private static Value expand(Operands operands) {
        long[] shape = Broadcasting.common(operands.value(0).shape(), operands.integers(1));
        return new Value.Tensor(Broadcasting.to(operands.tensor(0), shape));
    }

    private static Operator constantOfShape(Attributes attributes) throws LearningException {
        TensorProto value = attributes.tensor("value");
        if (value == null || Tensors.isFloat(value)) {
            float element = value == null ? 0 : Tensors.floats(value)[0];
            return Operator.tensor(operands -> {
                NDArray zeros = operands.manager().zeros(new Shape(operands.integers(0)));
                return element == 0 ? zeros : zeros.add(element);
            });
        }
        long element = Tensors.integers(value)[0];
        return Operator.giving(operands -> {
            long[] shape = operands.integers(0);
            long[] elements = new long[Math.toIntExact(Tensors.count(shape))];
            Arrays.fill(elements, element);
            return new Value.Integers(elements, shape);
        });
    }

    private static Value range(Operands operands) {
        long start = operands.integers(0)[0];
        long limit = operands.integers(1)[0];
        long step = operands.integers(2)[0];
        long count = Math.max(0, -Math.floorDiv(start - limit, step));
        long[] elements = new long[Math.toIntExact(count)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = start + i * step;
        }
        return Value.Integers.vector(elements);
    }
}
