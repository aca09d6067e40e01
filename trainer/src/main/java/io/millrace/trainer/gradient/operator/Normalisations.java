package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.learn.LearningException;
import java.util.Arrays;
import java.util.Map;

/** Scaling by mean and variance: of a row's own values, or of those kept from training. */
final class Normalisations {
    private Normalisations() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("LayerNormalization", (attributes, set) -> layer(attributes));
        table.put("BatchNormalization", (attributes, set) -> batch(attributes));
    }

    private static Operator layer(Attributes attributes) throws LearningException {
        long axis = attributes.integer("axis", -1);
        float epsilon = attributes.number("epsilon", 1e-5f);
        attributes.requireInteger("stash_type", 1, 1);
        return Operator.tensor(operands -> {
            NDArray x = operands.tensor(0);
            long[] shape = x.getShape().getShape();
            Shape over = new Shape(Arrays.copyOfRange(shape, Operands.axis(axis, shape.length), shape.length));
            NDArray scale = Broadcasting.to(operands.tensor(1), over.getShape());
            NDArray offset = operands.has(2)
                    ? Broadcasting.to(operands.tensor(2), over.getShape())
                    : operands.manager().zeros(over);
            return x.getNDArrayInternal()
                    .layerNorm(x, over, scale, offset, epsilon)
                    .get(0);
        });
    }

    private static Operator batch(Attributes attributes) throws LearningException {
        float epsilon = attributes.number("epsilon", 1e-5f);
        attributes.ignore("momentum").requireInteger("training_mode", 0, 0).requireInteger("spatial", 1, 1);
        return Operator.tensor(operands -> {
            NDArray x = operands.tensor(0);
            long[] perChannel = new long[Math.max(2, operands.rank(0))];
            Arrays.fill(perChannel, 1);
            perChannel[1] = x.getShape().get(1);
            Shape shape = new Shape(perChannel);
            NDArray scale = operands.tensor(1).reshape(shape);
            NDArray offset = operands.tensor(2).reshape(shape);
            NDArray mean = operands.tensor(3).reshape(shape);
            NDArray deviation = operands.tensor(4).reshape(shape).add(epsilon).sqrt();
            return x.sub(mean).div(deviation).mul(scale).add(offset);
        });
    }
}
