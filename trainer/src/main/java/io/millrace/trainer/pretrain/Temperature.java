package io.millrace.trainer.pretrain;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.graph.Tensors;
import io.millrace.trainer.learn.LearningException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classifier's logits are divided by, so that its probabilities mean what they say (Guo et al., On Calibration of
 * Modern Neural Networks, 2017). It leaves the order of classes, and so the accuracy, as it is.
 *
 * <p>Threading: immutable.
 *
 * @param value above 1 where the classifier was too sure
 */
record Temperature(double value) {
    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final int HALVINGS = 100;

    /** A probability of zero is taken for this: float32 has none below. */
    private static final double SMALLEST = 1e-38;

    /**
     * The temperature with the lowest log loss.
     *
     * @param probabilities as the classifier gives them, a row per text
     * @param labels place of the true class
     */
    static Temperature fit(float[][] probabilities, int[] labels) {
        // In the inverse temperature the log loss is convex: the ratio section finds its one minimum.
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        for (int i = 0; i < HALVINGS; i++) {
            if (logLoss(probabilities, labels, left) <= logLoss(probabilities, labels, right)) {
                high = right;
            } else {
                low = left;
            }
            left = high - ratio * (high - low);
            right = low + ratio * (high - low);
        }
        return new Temperature(2 / (low + high));
    }

    /** The model with cooler answers: its head's weights and bias are divided. */
    byte[] fold(byte[] model) throws LearningException {
        OnnxGraph graph = OnnxGraph.parse(model, ClassifierHead.OUTPUT);
        Map<String, float[]> weights = new HashMap<>();
        for (String name : List.of(ClassifierHead.WEIGHT, ClassifierHead.BIAS)) {
            TensorProto tensor = graph.initializers().get(name);
            if (tensor == null) {
                throw new LearningException("the model has no '" + name + "': it is no classifier of ours");
            }
            float[] elements = Tensors.floats(tensor);
            for (int i = 0; i < elements.length; i++) {
                elements[i] = (float) (elements[i] / value);
            }
            weights.put(name, elements);
        }
        return graph.withWeights(weights);
    }

    private static double logLoss(float[][] probabilities, int[] labels, double inverse) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            double truth = inverse * logit(probabilities[row][labels[row]]);
            double total = 0;
            for (float probability : probabilities[row]) {
                total += Math.exp(inverse * logit(probability) - truth);
            }
            sum += Math.log(total);
        }
        return sum / labels.length;
    }

    private static double logit(float probability) {
        return Math.log(Math.max(SMALLEST, probability));
    }
}
