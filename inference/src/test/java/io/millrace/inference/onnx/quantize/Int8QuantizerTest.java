package io.millrace.inference.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Int8QuantizerTest {
    private static final AttributeProto TURNED = OnnxAttributes.integer("transB", 1);
    private static final byte[] FP32 =
            SmallClassifier.ofHead(2, TURNED).toModel().toByteArray();

    @Test
    void answersAlmostAsTheFloatModelDoes() throws NotQuantizableException {
        float[] expected = SmallClassifier.probabilities(FP32);

        float[] actual = SmallClassifier.probabilities(Int8Quantizer.quantize(FP32));

        assertThat(expected).hasSize(80);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(0.03f));
        }
        assertThat(actual).isNotEqualTo(expected);
    }

    @Test
    void keepsNoFloatWeightsButBiasesAndTheHead() throws Exception {
        GraphProto graph = graph(Int8Quantizer.quantize(FP32));

        assertThat(graph.getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly(
                        "words.rows.int8",
                        "words.rows.scale",
                        "onnx::MatMul_7.int8",
                        "onnx::MatMul_7.scale",
                        "onnx::MatMul_8.int8",
                        "onnx::MatMul_8.scale",
                        "dense.weight.transposed.int8",
                        "dense.weight.transposed.scale",
                        "dense.bias",
                        "head.weight",
                        "head.bias");
        assertThat(graph.getNodeList()).extracting(NodeProto::getName).doesNotHaveDuplicates();
    }

    @Test
    void roundsAnActivationOnceForAllThatMultiplyIt() throws Exception {
        GraphProto graph = graph(Int8Quantizer.quantize(FP32));

        assertThat(inputsOf(graph, "DynamicQuantizeLinear")).containsExactly("seen", "text");
        assertThat(inputsOf(graph, "MatMulInteger")).containsExactly("seen.rounded", "seen.rounded", "text.rounded");
        assertThat(inputsOf(graph, "Gemm")).containsExactly("bent");
    }

    @Test
    void givesTheSameBytesEachTime() throws NotQuantizableException {
        assertThat(Int8Quantizer.quantize(FP32)).isEqualTo(Int8Quantizer.quantize(FP32));
    }

    @Test
    void formsOfVersionsThatDifferInTheirHeadsDifferOnlyThere() throws Exception {
        byte[] first = Int8Quantizer.quantize(FP32);
        byte[] next = Int8Quantizer.quantize(
                SmallClassifier.ofHead(3, TURNED).toModel().toByteArray());

        byte[] delta = TensorDelta.between(first, next).orElseThrow();

        assertThat(graph(delta).getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly("head.weight", "head.bias");
        assertThat(graph(delta).getNodeList()).isEmpty();
        assertThat(TensorDelta.apply(first, delta)).isEqualTo(next);
    }

    @Test
    void weightsThatAnotherNodeReadsStayThereForIt() throws Exception {
        byte[] tied = SmallClassifier.ofHead(2, TURNED)
                .output("norms", OnnxTypes.FLOAT, -1)
                .node("ReduceL2", List.of("words"), List.of("norms"), OnnxAttributes.integer("keepdims", 0))
                .toModel()
                .toByteArray();

        byte[] int8 = Int8Quantizer.quantize(tied);

        assertThat(graph(int8).getInitializerList())
                .extracting(TensorProto::getName)
                .startsWith("words", "words.rows.int8");
        assertThat(SmallClassifier.probabilities(int8)).hasSize(80);
    }

    @Test
    void aProductWithFactorsOfItsOwnStaysInFloat() throws Exception {
        byte[] scaled = SmallClassifier.ofHead(2, TURNED, OnnxAttributes.number("alpha", 0.5f))
                .toModel()
                .toByteArray();

        byte[] int8 = Int8Quantizer.quantize(scaled);

        assertThat(inputsOf(graph(int8), "Gemm")).containsExactly("text", "bent");
        assertThat(SmallClassifier.probabilities(int8)).hasSize(80);
    }

    @Test
    void weightsThatOldExportersListAsInputsAreAskedForNoMore() throws Exception {
        byte[] listed = SmallClassifier.ofHead(2, TURNED)
                .input("onnx::MatMul_7", OnnxTypes.FLOAT, 16, 16)
                .toModel()
                .toByteArray();

        float[] answers = SmallClassifier.probabilities(Int8Quantizer.quantize(listed));

        assertThat(answers).isEqualTo(SmallClassifier.probabilities(Int8Quantizer.quantize(FP32)));
    }

    @Test
    void productsInARowKeepTheirNamesApart() throws Exception {
        float[] identity = new float[64];
        for (int i = 0; i < 8; i++) {
            identity[i * 9] = 1;
        }
        byte[] chain = new GraphBuilder("chain")
                .input("x", OnnxTypes.FLOAT, -1, 8)
                .output("z", OnnxTypes.FLOAT, -1, 8)
                .weights("w", identity, 8, 8)
                .node("MatMul", List.of("x", "w"), List.of("y"))
                .node("MatMul", List.of("y", "w"), List.of("z"))
                .toModel()
                .toByteArray();

        GraphProto graph = graph(Int8Quantizer.quantize(chain));

        assertThat(graph.getNodeList().stream().flatMap(node -> node.getOutputList().stream()))
                .doesNotHaveDuplicates();
        assertThat(graph.getInitializerList()).hasSize(2);
    }

    @Test
    void refusesWhatHasNoInt8FormAndSaysWhy() {
        ModelProto model = SmallClassifier.ofHead(2, TURNED).toModel();
        float[] broken = new float[64];
        broken[5] = Float.NaN;
        GraphBuilder narrow = new GraphBuilder("narrow")
                .input("x", OnnxTypes.FLOAT, -1, 3)
                .output("y", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[6], 3, 2)
                .node("MatMul", List.of("x", "w"), List.of("y"));
        GraphBuilder notFinite = new GraphBuilder("broken")
                .input("x", OnnxTypes.FLOAT, -1, 8)
                .output("y", OnnxTypes.FLOAT, -1, 8)
                .weights("w", broken, 8, 8)
                .node("MatMul", List.of("x", "w"), List.of("y"));
        ModelProto.Builder old = model.toBuilder();
        old.getOpsetImportBuilder(0).setVersion(9);

        assertRefused("not a model".getBytes(StandardCharsets.UTF_8), "are not an ONNX model");
        assertRefused(narrow.toModel().toByteArray(), "no node of the graph multiplies by constant float32 weights");
        assertRefused(notFinite.toModel().toByteArray(), "weights 'w' hold NaN");
        assertRefused(old.build().toByteArray(), "operator set 9, and int8 needs 11 or later");
    }

    private static void assertRefused(byte[] model, String reason) {
        assertThatThrownBy(() -> Int8Quantizer.quantize(model))
                .isInstanceOf(NotQuantizableException.class)
                .hasMessageContaining(reason);
    }

    private static List<String> inputsOf(GraphProto graph, String operator) {
        return graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals(operator))
                .map(node -> node.getInput(0))
                .toList();
    }

    private static GraphProto graph(byte[] model) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(model).getGraph();
    }
}
