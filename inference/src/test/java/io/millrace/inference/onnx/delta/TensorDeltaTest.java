package io.millrace.inference.onnx.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorDeltaTest {
    private static final int LAYERS = 12;
    private static final int WIDTH = 40;
    private static final byte[] BASE = network(new Random(1)).toByteArray();

    @Test
    void holdsOnlyTheTensorsThatDiffer() throws BrokenDeltaException, InvalidProtocolBufferException {
        byte[] full = withOtherWeights(BASE, "w10", "w11").toByteArray();

        byte[] delta = TensorDelta.between(BASE, full).orElseThrow();

        GraphProto held = ModelProto.parseFrom(delta).getGraph();
        assertThat(held.getInitializerList()).extracting(TensorProto::getName).containsExactly("w10", "w11");
        assertThat(held.getNodeList()).isEmpty();
        assertThat(delta.length).isLessThan(full.length / 5);
        assertThat(TensorDelta.apply(BASE, delta)).isEqualTo(full);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesTheFullFileByteByByteWhateverChanged(long seed) throws Exception {
        Random random = new Random(seed);
        ModelProto.Builder changed = ModelProto.parseFrom(BASE).toBuilder();
        GraphProto.Builder graph = changed.getGraphBuilder();
        List<TensorProto> tensors = new ArrayList<>(graph.getInitializerList());
        tensors.removeIf(tensor -> random.nextInt(6) == 0);
        tensors.replaceAll(tensor -> random.nextInt(4) == 0 ? other(tensor, random) : tensor);
        tensors.add(random.nextInt(tensors.size() + 1), named("added", random));
        List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
        nodes.replaceAll(node -> random.nextInt(4) == 0
                ? node.toBuilder().setDocString("seed " + seed).build()
                : node);
        if (seed % 2 == 0) {
            Collections.shuffle(tensors, random);
            Collections.shuffle(nodes, random);
        }
        graph.clearInitializer().addAllInitializer(tensors).clearNode().addAllNode(nodes);
        changed.setProducerVersion("seed " + seed)
                .addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey("k").setValue("v"));
        byte[] full = changed.build().toByteArray();

        byte[] delta = TensorDelta.between(BASE, full).orElseThrow();

        assertThat(TensorDelta.apply(BASE, delta)).isEqualTo(full);
        assertThat(TensorDelta.between(BASE, full)).hasValue(delta);
    }

    @Test
    void thereIsNoneOfOtherBytesNorOfAFileThatWouldComeOutOtherwise() throws Exception {
        byte[] text = "not a model".getBytes(StandardCharsets.UTF_8);
        ModelProto model = ModelProto.parseFrom(BASE);
        ByteArrayOutputStream graphFirst = new ByteArrayOutputStream();
        ModelProto.newBuilder().setGraph(model.getGraph()).build().writeTo(graphFirst);
        model.toBuilder().clearGraph().build().writeTo(graphFirst);

        assertThat(TensorDelta.between(BASE, text)).isEmpty();
        assertThat(TensorDelta.between(text, BASE)).isEmpty();
        assertThat(TensorDelta.between(BASE, new byte[0])).isEmpty();
        assertThat(TensorDelta.between(BASE, graphFirst.toByteArray())).isEmpty();
        assertThat(TensorDelta.between(BASE, withOrigins("b0+1", "b0+1"))).isEmpty();
    }

    @Test
    void refusesAnotherBaseAndNamesBoth() throws Exception {
        byte[] full = withOtherWeights(BASE, "w3").toByteArray();
        byte[] delta = TensorDelta.between(BASE, full).orElseThrow();

        assertThatThrownBy(() -> TensorDelta.apply(full, delta))
                .isInstanceOf(BrokenDeltaException.class)
                .hasMessageContaining(Sha256.hex(BASE))
                .hasMessageContaining(Sha256.hex(full));
    }

    @Test
    void refusesWhatIsNoDelta() throws Exception {
        byte[] delta = TensorDelta.between(BASE, withOtherWeights(BASE, "w3").toByteArray())
                .orElseThrow();

        assertRefused(BASE, "without 'millrace.delta.base'");
        assertRefused(Arrays.copyOf(delta, delta.length / 2), "not an ONNX file");
        assertRefused(new byte[0], "no graph");
        assertRefused(withOrigins("b0+1,x", "b0+1"), "'x' does not say");
        assertRefused(withOrigins("b0+999", "b0+1"), "asks for nodes b0+999, but there are only");
        assertRefused(withOrigins("b0+1", "d1"), "asks for initializers d1");
        assertRefused(withOrigins("b0+12,b0+12,b0+12,b0+12", "b0+1"), "asks for nodes b0+12");
    }

    @Test
    void refusesToDropWhatTheDeltaHolds() throws Exception {
        ModelProto delta = ModelProto.parseFrom(withOrigins("b0+1", "b0+1")).toBuilder()
                .setGraph(GraphProto.newBuilder().addInitializer(named("extra", new Random(1))))
                .build();

        assertRefused(delta.toByteArray(), "holds 1 initializers and places 0");
    }

    private static void assertRefused(byte[] delta, String reason) {
        assertThatThrownBy(() -> TensorDelta.apply(BASE, delta))
                .isInstanceOf(BrokenDeltaException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] withOrigins(String nodes, String initializers) {
        return ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().setName("test"))
                .addMetadataProps(entry("base", Sha256.hex(BASE)))
                .addMetadataProps(entry("nodes", nodes))
                .addMetadataProps(entry("initializers", initializers))
                .build()
                .toByteArray();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder()
                .setKey("millrace.delta." + key)
                .setValue(value)
                .build();
    }

    private static ModelProto withOtherWeights(byte[] base, String... names) throws InvalidProtocolBufferException {
        Random random = new Random(9);
        ModelProto.Builder model = ModelProto.parseFrom(base).toBuilder();
        List<TensorProto> tensors = model.getGraph().getInitializerList().stream()
                .map(tensor -> List.of(names).contains(tensor.getName()) ? other(tensor, random) : tensor)
                .toList();
        model.getGraphBuilder().clearInitializer().addAllInitializer(tensors);
        return model.build();
    }

    private static TensorProto other(TensorProto tensor, Random random) {
        byte[] values = new byte[tensor.getRawData().size()];
        random.nextBytes(values);
        return tensor.toBuilder().setRawData(ByteString.copyFrom(values)).build();
    }

    private static TensorProto named(String name, Random random) {
        byte[] values = new byte[WIDTH * Float.BYTES];
        random.nextBytes(values);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxTypes.FLOAT)
                .addDims(WIDTH)
                .setRawData(ByteString.copyFrom(values))
                .build();
    }

    private static ModelProto network(Random random) {
        GraphBuilder graph = new GraphBuilder("network")
                .input("x0", OnnxTypes.FLOAT, -1, WIDTH)
                .output("x" + LAYERS, OnnxTypes.FLOAT, -1, WIDTH);
        for (int layer = 0; layer < LAYERS; layer++) {
            float[] weights = new float[WIDTH * WIDTH];
            for (int place = 0; place < weights.length; place++) {
                weights[place] = (float) random.nextGaussian();
            }
            graph.weights("w" + layer, weights, WIDTH, WIDTH);
            graph.node("MatMul", List.of("x" + layer, "w" + layer), List.of("x" + (layer + 1)));
        }
        return graph.toModel();
    }
}
