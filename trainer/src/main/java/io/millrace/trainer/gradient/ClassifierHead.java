package io.millrace.trainer.gradient;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Makes a classifier of a text encoder: what the encoder says of the first token goes through a dense layer that has
 * learned nothing yet, and a softmax.
 *
 * <p>Threading: immutable.
 *
 * @param hidden the encoder's output, [texts, tokens, width]
 * @param width how wide it is
 * @param classes how many classes there are
 * @param seed of the initial weights
 */
public record ClassifierHead(String hidden, int width, int classes, long seed) {
    /** The classifier's output, [texts, classes]. */
    public static final String OUTPUT = "probabilities";

    /** Names of the dense layer's weights and bias. */
    public static final String WEIGHT = "head.weight";

    public static final String BIAS = "head.bias";

    /** What the encoder says of the first token, [texts, width]: all that the head goes by. */
    public static final String POOLED = "head.token";

    private static final double DEVIATION = 0.02;

    /** The encoder's model with the head on it. */
    public byte[] on(byte[] encoder) {
        ModelProto model;
        try {
            model = OnnxModels.parse(encoder);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the encoder is no ONNX model", unreadable);
        }
        Random random = new Random(seed);
        float[] weights = new float[classes * width];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * DEVIATION);
        }
        GraphProto head = new GraphBuilder("head")
                .output(OUTPUT, OnnxTypes.FLOAT, -1, classes)
                .weights(WEIGHT, weights, classes, width)
                .weights(BIAS, new float[classes], classes)
                .integer("head.first", 0)
                .node("Gather", List.of(hidden, "head.first"), List.of(POOLED), OnnxAttributes.integer("axis", 1))
                .node("Gemm", List.of(POOLED, WEIGHT, BIAS), List.of("logits"), OnnxAttributes.integer("transB", 1))
                .node("Softmax", List.of("logits"), List.of(OUTPUT), OnnxAttributes.integer("axis", 1))
                .toModel()
                .getGraph();
        GraphProto.Builder graph = model.getGraph().toBuilder()
                .addAllInitializer(head.getInitializerList())
                .addAllNode(head.getNodeList())
                .clearOutput()
                .addAllOutput(head.getOutputList());
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }
}
