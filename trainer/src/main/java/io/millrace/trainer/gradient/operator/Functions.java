package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.gradient.graph.Value;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Functions of each element by itself. */
final class Functions {
    private Functions() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Neg", of(NDArray::neg));
        table.put("Abs", of(NDArray::abs));
        table.put("Sqrt", of(NDArray::sqrt));
        table.put("Reciprocal", of(x -> x.pow(-1)));
        table.put("Exp", of(NDArray::exp));
        table.put("Log", of(NDArray::log));
        table.put("Erf", of(NDArray::erf));
        table.put("Sin", of(NDArray::sin));
        table.put("Cos", of(NDArray::cos));
        table.put("Floor", of(NDArray::floor));
        table.put("Ceil", of(NDArray::ceil));
        table.put("Sigmoid", of(x -> x.getNDArrayInternal().sigmoid()));
        table.put("Tanh", of(NDArray::tanh));
        table.put("IsNaN", of(NDArray::isNaN));
        table.put("Identity", OperatorFactory.plain(Operator.giving(Functions::same)));
        // What is tuned is the model as it scores, where nothing is dropped.
        table.put("Dropout", (attributes, operatorSet) -> {
            attributes.ignore("ratio").ignore("seed").ignore("is_test");
            return Operator.giving(Functions::same);
        });
    }

    private static OperatorFactory of(UnaryOperator<NDArray> function) {
        return OperatorFactory.plain(Operator.tensor(operands -> function.apply(operands.tensor(0))));
    }

    private static Value same(Operands operands) {
        return operands.value(0) instanceof Value.Tensor tensor
                ? new Value.Tensor(Operands.share(tensor.array()), tensor.known())
                : operands.value(0);
    }
}
