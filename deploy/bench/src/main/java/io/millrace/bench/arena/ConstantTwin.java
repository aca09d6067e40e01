package io.millrace.bench.arena;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that takes what another takes and answers the same whatever it is given: what is left of a pipeline's time
 * then is the pipeline's own.
 *
 * <p>Threading: stateless.
 */
public final class ConstantTwin {
    private static final String SUFFIX = "-constant";

    private ConstantTwin() {}

    /** The twin of a bundle: the same manifest under another name, inputs and outputs, and a graph that computes nothing. */
    public static Bundle of(Bundle bundle) {
        Manifest like = bundle.manifest();
        Map<String, byte[]> blobs = new HashMap<>(bundle.blobs());
        blobs.put(Bundle.MODEL_BLOB, graph(bundle));
        if (like.quantized() != null) {
            blobs.remove(like.quantized().blob());
        }
        Manifest manifest = new ManifestBuilder(like.name() + SUFFIX, like.task(), like.classes())
                .input(like.input())
                .output(like.output())
                .featureSet(like.featureSet())
                .text(like.text())
                .threshold(like.threshold())
                .description("answers the same whatever it is given")
                .build();
        return Bundle.of(manifest, blobs);
    }

    private static byte[] graph(Bundle bundle) {
        Manifest like = bundle.manifest();
        int classes = like.classes().size();
        float[] answer = new float[classes];
        Arrays.fill(answer, 0.1f / (classes - 1));
        answer[0] = 0.9f;
        GraphBuilder graph = new GraphBuilder("constant");
        for (ValueInfoProto input : inputs(bundle)) {
            graph.input(input.getName(), input.getType().getTensorType().getElemType(), shape(input));
        }
        return graph.output(like.output(), OnnxTypes.FLOAT, -1, classes)
                .constant("answer", answer, 1, classes)
                .initializer(one())
                .node(
                        "Shape",
                        List.of(like.input()),
                        List.of("rows"),
                        OnnxAttributes.integer("start", 0),
                        OnnxAttributes.integer("end", 1))
                .node("Concat", List.of("rows", "one"), List.of("shape"), OnnxAttributes.integer("axis", 0))
                .node("Expand", List.of("answer", "shape"), List.of(like.output()))
                .toModel()
                .toByteArray();
    }

    private static TensorProto one() {
        return TensorProto.newBuilder()
                .setName("one")
                .setDataType(OnnxTypes.INT64)
                .addDims(1)
                .addInt64Data(1)
                .build();
    }

    private static List<ValueInfoProto> inputs(Bundle bundle) {
        try {
            return OnnxModels.parse(bundle.model()).getGraph().getInputList();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the model of " + bundle.manifest().name() + " is no ONNX file", e);
        }
    }

    private static long[] shape(ValueInfoProto input) {
        return input.getType().getTensorType().getShape().getDimList().stream()
                .mapToLong(dimension -> dimension.hasDimValue() ? dimension.getDimValue() : -1)
                .toArray();
    }
}
