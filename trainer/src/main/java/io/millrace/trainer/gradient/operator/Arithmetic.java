package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.millrace.trainer.gradient.graph.Value;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;

/** Sums, products and their like of two operands whose shapes fit; integers of the heap stay there. */
final class Arithmetic {
    private Arithmetic() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Add", of(Long::sum, NDArray::add));
        table.put("Sub", of((left, right) -> left - right, NDArray::sub));
        table.put("Mul", of((left, right) -> left * right, NDArray::mul));
        table.put("Div", of((left, right) -> left / right, Arithmetic::divide));
        table.put("Min", ofAny(Math::min, NDArray::minimum));
        table.put("Max", ofAny(Math::max, NDArray::maximum));
        table.put("Pow", OperatorFactory.plain(Operator.tensor(Arithmetic::power)));
    }

    private static OperatorFactory of(LongBinaryOperator inHeap, BinaryOperator<NDArray> onTensors) {
        return OperatorFactory.plain(Operator.giving(
                operands -> combine(operands, operands.value(0), operands.value(1), inHeap, onTensors)));
    }

    private static OperatorFactory ofAny(LongBinaryOperator inHeap, BinaryOperator<NDArray> onTensors) {
        return OperatorFactory.plain(Operator.giving(operands -> {
            if (operands.count() == 1) {
                return new Value.Tensor(Operands.share(operands.tensor(0)));
            }
            Value combined = operands.value(0);
            for (int i = 1; i < operands.count(); i++) {
                combined = combine(operands, combined, operands.value(i), inHeap, onTensors);
            }
            return combined;
        }));
    }

    private static Value combine(
            Operands operands, Value left, Value right, LongBinaryOperator inHeap, BinaryOperator<NDArray> onTensors) {
        if (left instanceof Value.Integers some
                && right instanceof Value.Integers others
                && HeapIntegers.canCombine(some, others)) {
            return HeapIntegers.combine(some, others, inHeap);
        }
        return new Value.Tensor(onTensors.apply(operands.tensor(left), operands.tensor(right)));
    }

    /** Integers are divided without a remainder, as the format says. */
    private static NDArray divide(NDArray left, NDArray right) {
        if (!left.getDataType().isInteger()) {
            return left.div(right);
        }
        return left.toType(DataType.FLOAT64, true).div(right).trunc().toType(left.getDataType(), true);
    }

    private static NDArray power(Operands operands) {
        NDArray base = operands.tensor(0);
        Float exponent = operands.known(1);
        if (exponent == null) {
            return base.pow(operands.tensor(1));
        }
        return exponent == 2 ? base.mul(base) : base.pow(exponent);
    }
}
