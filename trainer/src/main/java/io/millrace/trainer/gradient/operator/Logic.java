package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.learn.LearningException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Questions with yes or no for an answer, choices by such answers, and changes of type. */
final class Logic {
    private Logic() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Equal", of((left, right) -> left == right ? 1 : 0, NDArray::eq));
        table.put("Greater", of((left, right) -> left > right ? 1 : 0, NDArray::gt));
        table.put("GreaterOrEqual", of((left, right) -> left >= right ? 1 : 0, NDArray::gte));
        table.put("Less", of((left, right) -> left < right ? 1 : 0, NDArray::lt));
        table.put("LessOrEqual", of((left, right) -> left <= right ? 1 : 0, NDArray::lte));
        table.put(
                "And",
                of((left, right) -> left & right, (left, right) -> truth(left).logicalAnd(truth(right))));
        table.put(
                "Or",
                of((left, right) -> left | right, (left, right) -> truth(left).logicalOr(truth(right))));
        table.put(
                "Not",
                OperatorFactory.plain(
                        Operator.tensor(operands -> truth(operands.tensor(0)).logicalNot())));
        table.put("Where", OperatorFactory.plain(Operator.giving(Logic::where)));
        table.put("Cast", (attributes, set) -> cast(attributes));
    }

    private static OperatorFactory of(LongBinaryOperator inHeap, BinaryOperator<NDArray> onTensors) {
        return OperatorFactory.plain(Operator.giving(operands -> {
            Value.Integers left = operands.inHeap(0);
            Value.Integers right = operands.inHeap(1);
            if (left != null && right != null && HeapIntegers.canCombine(left, right)) {
                return HeapIntegers.combine(left, right, inHeap);
            }
            return new Value.Tensor(onTensors.apply(operands.tensor(0), operands.tensor(1)));
        }));
    }

    private static NDArray truth(NDArray array) {
        return array.toType(DataType.BOOLEAN, false);
    }

    private static Value where(Operands operands) {
        if (operands.allInHeap() && sameShape(operands)) {
            long[] which = operands.integers(0);
            long[] yes = operands.integers(1);
            long[] no = operands.integers(2);
            long[] chosen = new long[which.length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = which[i] != 0 ? yes[i] : no[i];
            }
            return new Value.Integers(chosen, operands.value(0).shape());
        }
        long[] shape = Broadcasting.common(
                operands.value(0).shape(),
                Broadcasting.common(operands.value(1).shape(), operands.value(2).shape()));
        NDArray which = Broadcasting.to(truth(operands.tensor(0)), shape);
        NDArray yes = Broadcasting.to(operands.tensor(1), shape);
        NDArray no = Broadcasting.to(operands.tensor(2), shape);
        return new Value.Tensor(yes.getNDArrayInternal().where(which, no));
    }

    private static boolean sameShape(Operands operands) {
        return Arrays.equals(operands.value(0).shape(), operands.value(1).shape())
                && Arrays.equals(operands.value(0).shape(), operands.value(2).shape());
    }

    private static Operator cast(Attributes attributes) throws LearningException {
        TensorProto.DataType to = TensorProto.DataType.forNumber((int) attributes.integer("to", 0));
        DataType type = typeOf(to);
        if (type == null) {
            throw attributes.node().unsupported("casts to " + to + "; supported are FLOAT, INT64, INT32 and BOOL");
        }
        attributes.ignore("saturate");
        return Operator.giving(operands -> {
            Value.Integers integers = operands.inHeap(0);
            if (integers != null && type != DataType.FLOAT32) {
                return type == DataType.BOOLEAN ? truths(integers) : integers;
            }
            NDArray array = operands.tensor(0);
            NDArray cast = array.getDataType() == type ? Operands.share(array) : array.toType(type, true);
            return new Value.Tensor(cast);
        });
    }

    private static Value.Integers truths(Value.Integers integers) {
        return new Value.Integers(
                Arrays.stream(integers.elements())
                        .map(element -> element == 0 ? 0 : 1)
                        .toArray(),
                integers.shape());
    }

    private static @Nullable DataType typeOf(TensorProto.@Nullable DataType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case FLOAT -> DataType.FLOAT32;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case BOOL -> DataType.BOOLEAN;
            default -> null;
        };
    }
}
