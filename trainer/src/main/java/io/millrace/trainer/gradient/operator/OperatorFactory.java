package io.millrace.trainer.gradient.operator;

import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.learn.LearningException;

/** Makes an operator of a node's attributes, or refuses them. */
@FunctionalInterface
interface OperatorFactory {

    /**
     * Reads the attributes.
     *
     * @param operatorSet version of ONNX's operators that the graph was written for
     * @throws LearningException if a value is not supported
     */
    Operator bind(Attributes attributes, long operatorSet) throws LearningException;

    /** For an operator without attributes. */
    static OperatorFactory plain(Operator operator) {
        return (attributes, operatorSet) -> operator;
    }
}
