package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.gradient.graph.Value;
import java.util.List;
import java.util.function.Function;

/**
 * What one node does; its attributes are already in it.
 *
 * <p>A result may share memory with an operand but is never the operand itself: each has its own life.
 *
 * <p>Threading: stateless.
 */
@FunctionalInterface
public interface Operator {

    /**
     * Computes the node's outputs, in order.
     *
     * @throws IllegalArgumentException if the operands are of a kind or shape that is not supported
     */
    List<Value> apply(Operands operands);

    /** An operator with one output. */
    static Operator giving(Function<Operands, Value> function) {
        return operands -> List.of(function.apply(operands));
    }

    /** An operator whose one output is always a tensor. */
    static Operator tensor(Function<Operands, NDArray> function) {
        return operands -> List.of(new Value.Tensor(function.apply(operands)));
    }
}
