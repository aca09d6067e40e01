package io.millrace.cli.support;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks of twelve layers, about 450 kB, that differ in their last two: what fine-tuning of a large model leaves. */
public final class LayeredBundles {
    private static final int LAYERS = 12;
    private static final int TUNED_LAYERS = 2;
    private static final int WIDTH = 100;

    private LayeredBundles() {}

    /** A bundle over one number. */
    public static void write(Path folder, String name, long tuningSeed) {
        FeatureSet features = new FeatureSet("amount-only", "UTC", List.of(new FieldFeature("AMOUNT", "amount")));
        BundleFolder.write(folder, of(name, features, tuningSeed));
    }

    /** A bundle; of equal names and features, those with different seeds differ in the last layers. */
    public static Bundle of(String name, FeatureSet features, long tuningSeed) {
        GraphBuilder graph = new GraphBuilder(name)
                .input("features", OnnxTypes.FLOAT, -1, features.size())
                .output("probabilities", OnnxTypes.FLOAT, -1, 2);
        String last = "features";
        for (int layer = 0; layer < LAYERS; layer++) {
            int rows = layer == 0 ? features.size() : WIDTH;
            int columns = layer == LAYERS - 1 ? 2 : WIDTH;
            long seed = layer >= LAYERS - TUNED_LAYERS ? tuningSeed : -1;
            graph.weights("layer." + layer + ".weight", weights(rows * columns, seed * LAYERS + layer), rows, columns);
            graph.node("MatMul", List.of(last, "layer." + layer + ".weight"), List.of("product." + layer));
            graph.node("Tanh", List.of("product." + layer), List.of("layer." + layer));
            last = "layer." + layer;
        }
        byte[] model = graph.node("Softmax", List.of(last), List.of("probabilities"), OnnxAttributes.integer("axis", 1))
                .toModel()
                .toByteArray();
        return Bundle.of(
                new ManifestBuilder(name, Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                        .featureSet(features)
                        .build(),
                Map.of(Bundle.MODEL_BLOB, model));
    }

    private static float[] weights(int count, long seed) {
        Random random = new Random(seed);
        float[] weights = new float[count];
        for (int place = 0; place < count; place++) {
            weights[place] = (float) random.nextGaussian() / 10;
        }
        return weights;
    }
}
