package io.millrace.bench.swap;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.inference.onnx.proto.OnnxTensors;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.registry.VersionDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Versions of a model of features as a round of training would leave them: every weight of its trees or layers a little
 * different, so little that the golden samples still hold, and all else the same.
 *
 * <p>Threading: immutable. Same bundle and seed, same version.
 */
record TabularVersions(Bundle base) {
    private static final String LEAVES = "class_weights";
    private static final double STEP = 1e-6;

    /** The version of a seed, as it is published. */
    VersionDraft draft(long seed) {
        Map<String, byte[]> blobs = new HashMap<>(base.blobs());
        blobs.put(Bundle.MODEL_BLOB, perturbed(new Random(seed)));
        Bundle version =
                Bundle.of(ManifestBuilder.like(base.manifest()).blobs(Map.of()).build(), blobs);
        return new VersionDraft(version.manifest().name(), version.manifestYaml(), version.blobs());
    }

    private byte[] perturbed(Random random) {
        ModelProto model;
        try {
            model = OnnxModels.parse(base.model());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the model is no ONNX file", unreadable);
        }
        GraphProto.Builder graph = model.getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            if (tensor.getDataType() == OnnxTypes.FLOAT && tensor.getDimsCount() > 0) {
                float[] weights = OnnxTensors.floats(tensor);
                for (int k = 0; k < weights.length; k++) {
                    weights[k] = stepped(weights[k], random);
                }
                long[] shape =
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                graph.setInitializer(i, OnnxTensors.floats(tensor.getName(), weights, shape));
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            graph.setNode(i, perturbed(graph.getNode(i), random));
        }
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static NodeProto perturbed(NodeProto node, Random random) {
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < changed.getAttributeCount(); i++) {
            if (changed.getAttribute(i).getName().equals(LEAVES)) {
                AttributeProto.Builder leaves = changed.getAttribute(i).toBuilder();
                for (int k = 0; k < leaves.getFloatsCount(); k++) {
                    leaves.setFloats(k, stepped(leaves.getFloats(k), random));
                }
                changed.setAttribute(i, leaves);
            }
        }
        return changed.build();
    }

    private static float stepped(float weight, Random random) {
        return (float) (weight * (1 + STEP * random.nextGaussian()));
    }
}
