package io.millrace.inference.onnx.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A classifier of texts in miniature: two products over one activation, a third in Gemm's form, a mean, a head. */
final class SmallClassifier {
    static final int WORDS = 50;

    private static final int WIDTH = 16;
    private static final int TOKENS = 12;
    private static final double DEVIATION = 0.25;

    private final Random body = new Random(1);
    private final GraphBuilder graph = new GraphBuilder("small")
            .input("input_ids", OnnxTypes.INT64, -1, TOKENS)
            .output("probabilities", OnnxTypes.FLOAT, -1, 2);

    private SmallClassifier() {}

    /** A classifier; the seed is that of its head alone. */
    static GraphBuilder ofHead(long seed, AttributeProto... gemm) {
        return new SmallClassifier().write(new Random(seed), gemm);
    }

    private GraphBuilder write(Random head, AttributeProto... gemm) {
        return graph.weights("words", numbers(body, WORDS * WIDTH), WORDS, WIDTH)
                .weights("onnx::MatMul_7", numbers(body, WIDTH * WIDTH), WIDTH, WIDTH)
                .weights("onnx::MatMul_8", numbers(body, WIDTH * WIDTH), WIDTH, WIDTH)
                .weights("dense.weight", numbers(body, 24 * WIDTH), 24, WIDTH)
                .weights("dense.bias", numbers(body, 24), 24)
                .weights("head.weight", numbers(head, 2 * 24), 2, 24)
                .weights("head.bias", numbers(head, 2), 2)
                .node("Gather", List.of("words", "input_ids"), List.of("seen"), OnnxAttributes.integer("axis", 0))
                .node("MatMul", List.of("seen", "onnx::MatMul_7"), List.of("left"))
                .node("MatMul", List.of("seen", "onnx::MatMul_8"), List.of("right"))
                .node("Mul", List.of("left", "right"), List.of("both"))
                .node(
                        "ReduceMean",
                        List.of("both"),
                        List.of("text"),
                        OnnxAttributes.integers("axes", List.of(1L)),
                        OnnxAttributes.integer("keepdims", 0))
                .node("Gemm", List.of("text", "dense.weight", "dense.bias"), List.of("dense"), gemm)
                .node("Tanh", List.of("dense"), List.of("bent"))
                .node(
                        "Gemm",
                        List.of("bent", "head.weight", "head.bias"),
                        List.of("logits"),
                        OnnxAttributes.integer("transB", 1))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", 1));
    }

    /** What a model says of some random texts. */
    static float[] probabilities(byte[] model) {
        Random random = new Random(5);
        int texts = 40;
        long[] ids = random.longs((long) texts * TOKENS, 0, WORDS).toArray();
        try (GraphSession session = GraphSession.open(model)) {
            return session.run(Map.of("input_ids", HostTensor.of(ids, texts, TOKENS)), "probabilities")
                    .requireFloats();
        }
    }

    static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * DEVIATION);
        }
        return numbers;
    }
}
