package io.millrace.trainer.round;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small models and examples with a known truth: the log-odds are {@code -3 + 1.5 x0 + x1}; x2 marks the segment. */
final class TestModels {
    static final int WIDTH = 4;
    static final float[] TRUTH = {1.5f, 1, 0, 0};
    static final float[] HALF_TRUTH = {1.5f, 0, 0, 0.3f};

    private TestModels() {}

    static Bundle bundle(ModelProto model) {
        List<FeatureDefinition> fields = new ArrayList<>();
        for (int column = 0; column < WIDTH; column++) {
            fields.add(new FieldFeature("x" + column, "x" + column));
        }
        return Bundle.of(
                new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                        .featureSet(new FeatureSet("plain", "UTC", fields))
                        .licence("Apache-2.0")
                        .build(),
                Map.of(Bundle.MODEL_BLOB, model.toByteArray()));
    }

    /** Log-odds that are a weighted sum of the features, less 3. */
    static ModelProto linear(float... weights) {
        return ended(graph().weights("w", weights, WIDTH, 1).node("MatMul", List.of("features", "w"), List.of("sum")));
    }

    /** Knows the truth, but where x2 is set, the noise in x3 drowns it. */
    static ModelProto blindInOneSegment() {
        return ended(graph().weights("w", TRUTH, WIDTH, 1)
                .weights("segment", new float[] {0, 0, 1.3f, 0}, WIDTH, 1)
                .weights("noise", new float[] {0, 0, 0, 1}, WIDTH, 1)
                .node("MatMul", List.of("features", "w"), List.of("truth"))
                .node("MatMul", List.of("features", "segment"), List.of("here"))
                .node("MatMul", List.of("features", "noise"), List.of("noisy"))
                .node("Mul", List.of("here", "noisy"), List.of("drowned"))
                .node("Add", List.of("truth", "drowned"), List.of("sum")));
    }

    /** Sound on rows of zeros, but no number where a feature is negative. */
    static ModelProto rootsOfNegatives() {
        return ended(graph().weights("w", TRUTH, WIDTH, 1)
                .node("Sqrt", List.of("features"), List.of("roots"))
                .node("MatMul", List.of("roots", "w"), List.of("sum")));
    }

    /** Knows the truth, after a detour through a wide network that adds nothing. */
    static ModelProto slow() {
        int wide = 256;
        float[] first = new float[WIDTH * wide];
        float[] second = new float[wide * wide];
        Arrays.fill(first, 0.01f);
        Arrays.fill(second, 0.01f);
        return ended(graph().weights("w", TRUTH, WIDTH, 1)
                .weights("w1", first, WIDTH, wide)
                .weights("w2", second, wide, wide)
                .weights("w3", new float[wide], wide, 1)
                .node("MatMul", List.of("features", "w1"), List.of("a"))
                .node("Tanh", List.of("a"), List.of("b"))
                .node("MatMul", List.of("b", "w2"), List.of("c"))
                .node("Tanh", List.of("c"), List.of("d"))
                .node("MatMul", List.of("d", "w3"), List.of("nothing"))
                .node("MatMul", List.of("features", "w"), List.of("truth"))
                .node("Add", List.of("truth", "nothing"), List.of("sum")));
    }

    /** One example a minute. */
    static ExampleSet examples(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example> examples = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            float[] features = new float[WIDTH];
            for (int column = 0; column < WIDTH; column++) {
                features[column] = (float) random.nextGaussian();
            }
            boolean segment = random.nextInt(4) == 0;
            features[2] = segment ? 1 : 0;
            double logOdds = 1.5 * features[0] + features[1] - 3;
            int label = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
            long timeMillis = row * Duration.ofMinutes(1).toMillis();
            examples.add(new Example(
                    "e" + row, timeMillis, timeMillis, features, null, label, 1, 0.5, 1, segment ? "b" : "a"));
        }
        return new ExampleSet(examples);
    }

    private static GraphBuilder graph() {
        return new GraphBuilder("test")
                .input("features", OnnxTypes.FLOAT, -1, WIDTH)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2);
    }

    private static ModelProto ended(GraphBuilder graph) {
        return graph.weights("both", new float[] {0, 1}, 1, 2)
                .weights("bias", new float[] {0, -3}, 2)
                .node("MatMul", List.of("sum", "both"), List.of("scaled"))
                .node("Add", List.of("scaled", "bias"), List.of("logits"))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", -1))
                .toModel();
    }
}
