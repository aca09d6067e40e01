package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.AttributeProto;
import io.millrace.trainer.gradient.graph.GraphNode;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.learn.LearningException;

/**
 * Cross entropy, taken before the graph's softmax where there is one, which is exact where probabilities come close to
 * 0.
 *
 * <p>Threading: immutable.
 *
 * @param target the value that the loss is computed from
 * @param beforeSoftmax whether it is the softmax's operand instead of probabilities
 */
record Loss(String target, boolean beforeSoftmax) {
    private static final float LEAST_PROBABILITY = 1e-7f;

    /** The loss that fits a graph's output. */
    static Loss of(OnnxGraph graph) {
        for (GraphNode node : graph.nodes()) {
            if (node.outputs().contains(graph.output()) && node.operator().equals("Softmax")) {
                AttributeProto axis = node.attributes().get("axis");
                if (axis == null || axis.getI() == 1 || axis.getI() == -1) {
                    return new Loss(node.inputs().get(0), true);
                }
            }
        }
        return new Loss(graph.output(), false);
    }

    /**
     * The sum over a batch, each example by its weight.
     *
     * @param outputs the target's value, [examples, classes]
     */
    NDArray sum(NDArray outputs, int[] examples, Targets targets) throws LearningException {
        Shape expected = new Shape(examples.length, targets.count());
        if (!outputs.getShape().equals(expected)) {
            throw new LearningException("the graph's '" + target + "' is of shape " + outputs.getShape()
                    + " where there are " + examples.length + " examples and " + targets.count() + " classes");
        }
        float[] chosen = new float[examples.length * targets.count()];
        for (int i = 0; i < examples.length; i++) {
            int example = examples[i];
            for (int c = 0; c < targets.count(); c++) {
                chosen[i * targets.count() + c] = (float) (-targets.weights()[example] * targets.share(example, c));
            }
        }
        NDArray logarithms = beforeSoftmax
                ? outputs.logSoftmax(1)
                : outputs.clip(LEAST_PROBABILITY, 1).log();
        return logarithms.mul(outputs.getManager().create(chosen, expected)).sum();
    }

    /** What the model says of each class, from the target's value. */
    NDArray probabilities(NDArray outputs) {
        return beforeSoftmax ? outputs.softmax(1) : outputs;
    }
}
