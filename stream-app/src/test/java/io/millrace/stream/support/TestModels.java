package io.millrace.stream.support;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Small real models: logistic regressions that ONNX Runtime runs. */
public final class TestModels {
    public static final FeatureSet AMOUNT_ONLY =
            new FeatureSet("amount-only", "UTC", List.of(new FieldFeature("AMOUNT", "amount")));

    /** Counts of a card in a day, and the share of frauds at a shop a day later. */
    public static final FeatureSet TWO_ENTITIES = new FeatureSet(
            "two-entities",
            "UTC",
            List.of(
                    new FieldFeature("AMOUNT", "amount"),
                    new WindowFeature("CARD_COUNT", "card", Aggregate.COUNT, null, Duration.ofDays(1), Duration.ZERO),
                    new WindowFeature(
                            "SHOP_RISK",
                            "shop",
                            Aggregate.POSITIVE_SHARE,
                            null,
                            Duration.ofDays(1),
                            Duration.ofDays(1))));

    private TestModels() {}

    /** A bundle whose model is sigmoid(weight × sum of the features + bias). */
    public static Bundle bundle(FeatureSet features, float weight, float bias) {
        int width = features.size();
        float[] weights = new float[2 * width];
        for (int i = 0; i < width; i++) {
            weights[2 * i] = -weight;
            weights[2 * i + 1] = weight;
        }
        byte[] model = new GraphBuilder("logistic")
                .input("features", OnnxTypes.FLOAT, -1, width)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", weights, width, 2)
                .weights("b", new float[] {-bias, bias}, 2)
                .node("Gemm", List.of("features", "w", "b"), List.of("logits"))
                .node("Sigmoid", List.of("logits"), List.of("probabilities"))
                .toModel()
                .toByteArray();
        var manifest = new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .input("features")
                .output("probabilities")
                .featureSet(features)
                .threshold(0.5)
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, model));
    }

    /** The same, loaded on the CPU. */
    public static LoadedModel load(int version, FeatureSet features, float weight, float bias) {
        try {
            return new ModelLoader(new DeviceChoice(DeviceChoice.Kind.CPU, "a test"), 1, 16)
                    .load(new ModelRef("fraud", version), bundle(features, weight, bias));
        } catch (ModelRefusedException e) {
            throw new AssertionError(e);
        }
    }
}
