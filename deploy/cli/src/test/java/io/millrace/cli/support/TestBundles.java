package io.millrace.cli.support;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.util.List;
import java.util.Map;

/** Small models that are made, not stored: logistic regressions over one number. */
public final class TestBundles {

    private TestBundles() {}

    /** A model whose probability of fraud is the logistic function of weight × amount. */
    public static Bundle logistic(String name, float weight) {
        return bundle(name, weight, 1 / (1 + Math.exp(-weight)));
    }

    /** A model that does not answer what its manifest says it does. */
    public static Bundle withWrongGoldenSample(String name) {
        return bundle(name, 1, 0.001);
    }

    private static Bundle bundle(String name, float weight, double fraudAtOne) {
        byte[] model = new GraphBuilder(name)
                .input("features", OnnxTypes.FLOAT, -1, 1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[] {0, weight}, 1, 2)
                .node("MatMul", List.of("features", "w"), List.of("logits"))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", 1))
                .toModel()
                .toByteArray();
        Manifest manifest = new ManifestBuilder(name, Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .featureSet(new FeatureSet("amount-only", "UTC", List.of(new FieldFeature("AMOUNT", "amount"))))
                .golden(1e-5, List.of(GoldenSample.ofFeatures(List.of(1.0), List.of(1 - fraudAtOne, fraudAtOne))))
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, model));
    }
}
