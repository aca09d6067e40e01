package io.millrace.inference.onnx.delta;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.inference.onnx.proto.OnnxModels;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The difference of two ONNX files. It is an ONNX file itself: the full one without those nodes and initializers that the
 * base has, too; its metadata says which base that is, and where the items of both belong.
 *
 * <p>A delta is exact: it gives the full file byte by byte, or there is none.
 *
 * <p>Threading: stateless.
 */
public final class TensorDelta {
    private static final String PREFIX = "millrace.delta.";
    private static final String BASE = PREFIX + "base";
    private static final String NODES = PREFIX + "nodes";
    private static final String INITIALIZERS = PREFIX + "initializers";

    private TensorDelta() {}

    /**
     * What turns the base into the full file; empty if one of them is not ONNX, or was not written in the order in which
     * it would be put together again.
     */
    public static Optional<byte[]> between(byte[] base, byte[] full) {
        try {
            ModelProto from = parse(base);
            byte[] delta = between(from, parse(full), Sha256.hex(base)).toByteArray();
            boolean exact = Arrays.equals(assemble(from, parse(delta)).toByteArray(), full);
            return exact ? Optional.of(delta) : Optional.empty();
        } catch (IOException | BrokenDeltaException noDelta) {
            return Optional.empty();
        }
    }

    /**
     * The full file.
     *
     * @throws BrokenDeltaException if the delta is not one, or not one against this base
     */
    public static byte[] apply(byte[] base, byte[] delta) throws BrokenDeltaException {
        return apply(base, Sha256.hex(base), delta);
    }

    /**
     * The full file.
     *
     * @param baseSha256 hash of the base, which the caller has checked already
     * @throws BrokenDeltaException if the delta is not one, or not one against this base
     */
    public static byte[] apply(byte[] base, String baseSha256, byte[] delta) throws BrokenDeltaException {
        ModelProto difference;
        try {
            difference = parse(delta);
        } catch (IOException e) {
            throw new BrokenDeltaException("its " + delta.length + " bytes are not an ONNX file: " + e.getMessage(), e);
        }
        String wanted = metadata(difference, BASE);
        if (!wanted.equals(baseSha256)) {
            throw new BrokenDeltaException("it is against the file " + wanted + ", not against " + baseSha256);
        }
        try {
            return assemble(parse(base), difference).toByteArray();
        } catch (IOException e) {
            throw new BrokenDeltaException("its base is not an ONNX file: " + e.getMessage(), e);
        }
    }

    private static ModelProto between(ModelProto base, ModelProto full, String baseSha256) {
        GraphProto from = base.getGraph();
        GraphProto to = full.getGraph();
        ItemOrigins nodes = ItemOrigins.between(from.getNodeList(), to.getNodeList());
        ItemOrigins initializers = ItemOrigins.between(from.getInitializerList(), to.getInitializerList());
        ModelProto.Builder delta = full.toBuilder();
        delta.getGraphBuilder()
                .clearNode()
                .addAllNode(nodes.added(to.getNodeList()))
                .clearInitializer()
                .addAllInitializer(initializers.added(to.getInitializerList()));
        return delta.addMetadataProps(entry(BASE, baseSha256))
                .addMetadataProps(entry(NODES, nodes.text()))
                .addMetadataProps(entry(INITIALIZERS, initializers.text()))
                .build();
    }

    private static ModelProto assemble(ModelProto base, ModelProto delta) throws BrokenDeltaException {
        GraphProto from = base.getGraph();
        GraphProto added = delta.getGraph();
        ItemOrigins nodes = ItemOrigins.parse(metadata(delta, NODES));
        ItemOrigins initializers = ItemOrigins.parse(metadata(delta, INITIALIZERS));
        ModelProto.Builder full = delta.toBuilder();
        full.getGraphBuilder()
                .clearNode()
                .addAllNode(nodes.assemble("nodes", from.getNodeList(), added.getNodeList()))
                .clearInitializer()
                .addAllInitializer(
                        initializers.assemble("initializers", from.getInitializerList(), added.getInitializerList()));
        List<StringStringEntryProto> others = delta.getMetadataPropsList().stream()
                .filter(property -> !property.getKey().startsWith(PREFIX))
                .toList();
        return full.clearMetadataProps().addAllMetadataProps(others).build();
    }

    private static String metadata(ModelProto delta, String key) throws BrokenDeltaException {
        return delta.getMetadataPropsList().stream()
                .filter(property -> property.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElseThrow(() -> new BrokenDeltaException("it is an ONNX file without '" + key + "'"));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Reads a file that must hold a graph. */
    static ModelProto parse(byte[] bytes) throws IOException {
        ModelProto model = OnnxModels.parse(bytes);
        if (!model.hasGraph()) {
            throw new InvalidProtocolBufferException("it holds no graph");
        }
        return model;
    }
}
