package io.millrace.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.inference.onnx.proto.TreeEnsemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small models for tests, written node by node, good ones and broken ones. */
final class TestModels {
    static final ModelRef REF = new ModelRef("fraud", 1);
    static final int WIDTH = 3;

    private TestModels() {}

    static FeatureSet features(int width) {
        List<FeatureDefinition> fields = new ArrayList<>();
        IntStream.range(0, width).forEach(i -> fields.add(new FieldFeature("f" + i, "x" + i)));
        return new FeatureSet("plain", "UTC", fields);
    }

    static ManifestBuilder manifest(int width) {
        return new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .featureSet(features(width));
    }

    static Bundle bundle(ModelProto model) {
        return bundle(manifest(WIDTH).build(), model);
    }

    static Bundle bundle(Manifest manifest, ModelProto model) {
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, model.toByteArray()));
    }

    /** A softmax over two linear outputs: the log-odds of the positive class are the features' sum. */
    static ModelProto sumModel() {
        return network("Softmax", OnnxAttributes.integer("axis", -1));
    }

    /** The same, but with the function of another operator at the end. */
    static ModelProto network(String lastOperator, AttributeProto... attributes) {
        return linear().node(lastOperator, List.of("z"), List.of("probabilities"), attributes)
                .toModel();
    }

    static GraphBuilder linear() {
        return new GraphBuilder("linear")
                .input("features", OnnxTypes.FLOAT, -1, WIDTH)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[] {0, 1, 0, 1, 0, 1}, WIDTH, 2)
                .node("MatMul", List.of("features", "w"), List.of("z"));
    }

    /** What {@link #sumModel} answers. */
    static double sumModelProbability(double... row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return 1 / (1 + Math.exp(-sum));
    }

    static GoldenSample sumModelSample(double... row) {
        double positive = sumModelProbability(row);
        return GoldenSample.ofFeatures(Arrays.stream(row).boxed().toList(), List.of(1 - positive, positive));
    }

    /** Full trees of random splits and weights. */
    static ModelProto trees(int count, int depth, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeEnsemble ensemble = new TreeEnsemble();
        int inner = (1 << depth) - 1;
        for (int tree = 0; tree < count; tree++) {
            for (int node = 0; node < inner; node++) {
                ensemble.branch(
                        tree,
                        node,
                        random.nextInt(width),
                        (float) random.nextDouble(-2, 2),
                        2 * node + 1,
                        2 * node + 2,
                        random.nextBoolean());
            }
            for (int leaf = inner; leaf <= 2 * inner; leaf++) {
                ensemble.leaf(tree, leaf, (float) random.nextDouble(-0.05, 0.05));
            }
        }
        return ensemble.toModel(width, 0);
    }
}
