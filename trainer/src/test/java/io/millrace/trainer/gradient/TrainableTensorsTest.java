package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.learn.LearningException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainableTensorsTest {
    /** As exporters write encoders: dense weights without a telling name, between nodes that tell their block. */
    private static byte[] encoder() {
        GraphBuilder graph = new GraphBuilder("encoder")
                .input("features", OnnxTypes.FLOAT, -1, 4)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("scale", new float[4], 4)
                .weights("onnx::MatMul_0", new float[16], 4, 4)
                .node("Div", List.of("features", "scale"), List.of("scaled"))
                .node("MatMul", List.of("scaled", "onnx::MatMul_0"), List.of("/embeddings/out"));
        String last = "/embeddings/out";
        for (int block = 0; block < 3; block++) {
            String weight = "onnx::MatMul_" + (block + 1);
            String bias = "encoder.layer." + block + ".bias";
            String path = "/encoder/layer." + block + "/";
            graph.weights(weight, new float[16], 4, 4)
                    .weights(bias, new float[4], 4)
                    .node("MatMul", List.of(last, weight), List.of(path + "MatMul_output_0"))
                    // The last block's bias is read by the node that makes what a head reads, which tells no block.
                    .node(
                            "Add",
                            List.of(path + "MatMul_output_0", bias),
                            List.of(block == 2 ? "hidden" : path + "Add"));
            last = block == 2 ? "hidden" : path + "Add";
        }
        return graph.weights("head.weight", new float[8], 4, 2)
                .weights("head.bias", new float[2], 2)
                .node("Gemm", List.of("hidden", "head.weight", "head.bias"), List.of("logits"))
                .node("Softmax", List.of("logits"), List.of("probabilities"))
                .toModel()
                .toByteArray();
    }

    @Test
    void aHeadIsTheLastDenseLayer() throws LearningException {
        assertThat(tensors("head")).containsExactly("head.weight", "head.bias");
    }

    @Test
    void blocksAreFoundByThePathOfTheNodeThatReadsAWeight() throws LearningException {
        assertThat(tensors("last: 1"))
                .containsExactly("onnx::MatMul_3", "encoder.layer.2.bias", "head.weight", "head.bias");
        assertThat(tensors("last: 2")).hasSize(6).contains("onnx::MatMul_2", "encoder.layer.1.bias");
    }

    @Test
    void allAreTheWeightsButNotWhatScalesRawInputs() throws LearningException {
        assertThat(tensors("all")).hasSize(9).contains("onnx::MatMul_0").doesNotContain("scale");
    }

    @Test
    void namesMeanThemselves() throws LearningException {
        assertThat(tensors("scale, onnx::MatMul_0")).containsExactly("scale", "onnx::MatMul_0");
    }

    @Test
    void moreBlocksThanThereAreAreRefused() {
        assertThatThrownBy(() -> tensors("last: 4"))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("only 3 blocks");
    }

    private static Set<String> tensors(String part) throws LearningException {
        return TrainableTensors.of(OnnxGraph.parse(encoder(), "probabilities"), TrainablePart.parse(part));
    }
}
