package io.millrace.bench;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.inference.onnx.proto.OnnxTensors;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.VersionDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of a text classifier as fine-tuning would leave them: some of its weights a little different, all else the
 * same, and its int8 form made of that.
 *
 * <p>Threading: immutable. Same bundle and seed, same version.
 */
public record TunedVersions(Bundle base) {
    /** The blob of the int8 form. */
    static final String INT8_BLOB = "model.int8.onnx";

    private static final double INT8_TOLERANCE = 0.2;
    private static final double STEP = 1e-3;
    private static final String HEAD = "head.";
    private static final Pattern BLOCK = Pattern.compile("layer\\.(\\d+)/");

    /** A bundle that holds an int8 form beside the model. */
    public static Bundle withInt8(Bundle bundle) throws NotQuantizableException {
        return bundle.manifest().quantized() == null ? with(bundle, bundle.model()) : bundle;
    }

    /** A version with another head, and with other last blocks if so many are wanted. */
    public Bundle tuned(int lastBlocks, long seed) throws NotQuantizableException {
        ModelProto model;
        try {
            model = OnnxModels.parse(base.model());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the model is no ONNX file", unreadable);
        }
        Set<String> names = weights(model.getGraph(), lastBlocks);
        Random random = new Random(seed);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            if (names.contains(tensor.getName()) && tensor.getDataType() == OnnxTypes.FLOAT) {
                float[] numbers = OnnxTensors.floats(tensor);
                for (int k = 0; k < numbers.length; k++) {
                    numbers[k] += (float) (STEP * random.nextGaussian());
                }
                long[] shape =
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                graph.setInitializer(i, OnnxTensors.floats(tensor.getName(), numbers, shape));
            }
        }
        return with(base, model.toBuilder().setGraph(graph).build().toByteArray());
    }

    /** The version as it is published: what differs from the base. */
    public VersionDraft draft(Bundle version) {
        Map<String, BlobDelta> deltas = new HashMap<>();
        version.blobs().forEach((path, bytes) -> {
            byte[] from = base.blobs().get(path);
            String hash = base.manifest().blobs().get(path);
            if (from != null && hash != null && !hash.equals(Sha256.hex(bytes))) {
                TensorDelta.between(from, bytes).ifPresent(delta -> deltas.put(path, new BlobDelta(hash, delta)));
            }
        });
        return new VersionDraft(version.manifest().name(), version.manifestYaml(), version.blobs(), deltas);
    }

    private static Set<String> weights(GraphProto graph, int lastBlocks) {
        int highest = graph.getNodeList().stream()
                .mapToInt(TunedVersions::block)
                .max()
                .orElse(-1);
        Set<String> names = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (lastBlocks > 0 && block(node) > highest - lastBlocks) {
                names.addAll(node.getInputList());
            }
        }
        graph.getInitializerList().stream()
                .map(TensorProto::getName)
                .filter(name -> name.startsWith(HEAD))
                .forEach(names::add);
        // Scalars of the graph's own, such as the 2 of a square, are no weights.
        graph.getInitializerList().stream()
                .filter(tensor -> tensor.getDimsCount() == 0)
                .forEach(tensor -> names.remove(tensor.getName()));
        return names;
    }

    private static int block(NodeProto node) {
        Matcher block = BLOCK.matcher(node.getOutput(0));
        return block.find() ? Integer.parseInt(block.group(1)) : -1;
    }

    private static Bundle with(Bundle bundle, byte[] model) throws NotQuantizableException {
        Quantized quantized = bundle.manifest().quantized();
        String blob = quantized == null ? INT8_BLOB : quantized.blob();
        Map<String, byte[]> blobs = new HashMap<>(bundle.blobs());
        blobs.put(Bundle.MODEL_BLOB, model);
        blobs.put(blob, Int8Quantizer.quantize(model));
        return Bundle.of(
                ManifestBuilder.like(bundle.manifest())
                        .quantized(new Quantized(blob, INT8_TOLERANCE))
                        .build(),
                blobs);
    }
}
