package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.learn.LearningException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What stands between the layers of a network. */
final class Activations {
    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_GAMMA = 1.050701f;
    /** Below it, softmax saw everything from its axis on as one. */
    private static final int SOFTMAX_OF_ONE_AXIS = 13;

    private Activations() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Relu", OperatorFactory.plain(of(x -> x.getNDArrayInternal().relu())));
        table.put("LeakyRelu", (attributes, set) -> {
            float slope = attributes.number("alpha", 0.01f);
            return of(x -> x.getNDArrayInternal().leakyRelu(slope));
        });
        table.put("Elu", (attributes, set) -> {
            float alpha = attributes.number("alpha", 1);
            return of(x -> x.getNDArrayInternal().elu(alpha));
        });
        table.put("Selu", (attributes, set) -> selu(attributes));
        table.put("PRelu", OperatorFactory.plain(Operator.tensor(operands -> {
            NDArray x = operands.tensor(0);
            return x.maximum(0).add(x.minimum(0).mul(operands.tensor(1)));
        })));
        table.put("HardSigmoid", (attributes, set) -> {
            float alpha = attributes.number("alpha", 0.2f);
            float beta = attributes.number("beta", 0.5f);
            return of(x -> x.mul(alpha).add(beta).clip(0, 1));
        });
        table.put(
                "Softplus", OperatorFactory.plain(of(x -> x.getNDArrayInternal().softPlus())));
        table.put("Softsign", OperatorFactory.plain(of(x -> x.div(x.abs().add(1)))));
        table.put("Gelu", (attributes, set) -> gelu(attributes));
        table.put("Clip", (attributes, set) -> clip(attributes));
        table.put("Softmax", (attributes, set) -> softmax(attributes, set, false));
        table.put("LogSoftmax", (attributes, set) -> softmax(attributes, set, true));
    }

    private static Operator of(UnaryOperator<NDArray> function) {
        return Operator.tensor(operands -> function.apply(operands.tensor(0)));
    }

    private static Operator selu(Attributes attributes) {
        float alpha = attributes.number("alpha", SELU_ALPHA);
        float gamma = attributes.number("gamma", SELU_GAMMA);
        return of(x -> x.maximum(0).add(x.minimum(0).exp().sub(1).mul(alpha)).mul(gamma));
    }

    private static Operator gelu(Attributes attributes) throws LearningException {
        String approximate = attributes.text("approximate", "none");
        return switch (approximate) {
            case "none" -> of(x -> x.getNDArrayInternal().gelu());
            case "tanh" -> of(Activations::geluByTanh);
            default -> throw attributes.node().unsupported("has approximate '" + approximate + "'");
        };
    }

    private static NDArray geluByTanh(NDArray x) {
        NDArray inner = x.add(x.mul(x).mul(x).mul(0.044715f)).mul((float) Math.sqrt(2 / Math.PI));
        return x.mul(0.5f).mul(inner.tanh().add(1));
    }

    private static Operator clip(Attributes attributes) {
        // Attributes until operator set 10, inputs since then.
        float least = attributes.number("min", -Float.MAX_VALUE);
        float most = attributes.number("max", Float.MAX_VALUE);
        return Operator.tensor(operands -> {
            NDArray x = operands.tensor(0).clip(least, most);
            NDArray raised = operands.has(1) ? x.maximum(operands.tensor(1)) : x;
            return operands.has(2) ? raised.minimum(operands.tensor(2)) : raised;
        });
    }

    private static Operator softmax(Attributes attributes, long operatorSet, boolean logarithm) {
        boolean onlyLast = operatorSet < SOFTMAX_OF_ONE_AXIS;
        long axis = attributes.integer("axis", onlyLast ? 1 : -1);
        return Operator.tensor(operands -> {
            int rank = operands.rank(0);
            int place = Operands.axis(axis, rank);
            if (onlyLast && place != rank - 1) {
                throw new IllegalArgumentException("its axis " + axis + " is not the last of " + rank
                        + ", which before operator set 13 means several axes at once and is not supported");
            }
            NDArray x = operands.tensor(0);
            return logarithm ? x.logSoftmax(place) : x.softmax(place);
        });
    }
}
