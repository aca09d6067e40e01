package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Int8 forms of text encoders: one in small, and the pre-trained one of 33 million numbers. */
class QuantizedEncoderTest {
    private static final String PRE_TRAINED = "/bge-small-en-v1.5.onnx";

    @Test
    void anEncoderInSmallAnswersAlmostAsBefore() throws Exception {
        byte[] encoder = new EncoderTemplate(3, 32, 4, 64, 200, 24, 5).model();
        byte[] fp32 = new ClassifierHead(EncoderTemplate.OUTPUT, 32, 2, 5).on(encoder);

        byte[] int8 = Int8Quantizer.quantize(fp32);

        assertClose(probabilities(fp32, 200, 40), probabilities(int8, 200, 40), 0.01);
        assertThat(operators(int8, "MatMulInteger")).isEqualTo(18);
        assertThat(operators(int8, "DynamicQuantizeLinear")).isEqualTo(12);
    }

    @Test
    void thePreTrainedEncoderShrinksToAQuarterAndAnswersAlmostAsBefore() throws Exception {
        byte[] fp32 = preTrained(7);

        byte[] int8 = Int8Quantizer.quantize(fp32);

        assertThat(int8.length).isLessThan(fp32.length / 100 * 27);
        assertThat(operators(int8, "MatMulInteger")).isEqualTo(72);
        assertThat(operators(int8, "DynamicQuantizeLinear")).isEqualTo(48);
        assertClose(probabilities(fp32, 30_522, 8), probabilities(int8, 30_522, 8), 0.02);
    }

    @Test
    void twoHeadsOnThePreTrainedEncoderDifferInTheirHeadsInInt8Too() throws Exception {
        byte[] first = Int8Quantizer.quantize(preTrained(7));
        byte[] next = Int8Quantizer.quantize(preTrained(8));

        byte[] delta = TensorDelta.between(first, next).orElseThrow();

        assertThat(ModelProto.parseFrom(delta).getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly("head.weight");
        assertThat(delta.length).isLessThan(10_000);
    }

    private static byte[] preTrained(long headSeed) throws IOException {
        try (InputStream resource = QuantizedEncoderTest.class.getResourceAsStream(PRE_TRAINED)) {
            assumeTrue(resource != null, PRE_TRAINED + " is not on the class path");
            return new ClassifierHead("last_hidden_state", 384, 2, headSeed).on(resource.readAllBytes());
        }
    }

    private static long operators(byte[] model, String name) throws IOException {
        return ModelProto.parseFrom(model).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .filter(name::equals)
                .count();
    }

    /** What a model says of texts of random words, a few of them padded. */
    private static float[] probabilities(byte[] model, int vocabulary, int texts) {
        int length = 16;
        Random random = new Random(11);
        long[] ids = new long[texts * length];
        long[] mask = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            boolean real = i % length < 6 + i / length % 11;
            ids[i] = real ? random.nextInt(vocabulary) : 0;
            mask[i] = real ? 1 : 0;
        }
        try (GraphSession session = GraphSession.open(model)) {
            return session.run(
                            Map.of(
                                    "input_ids", HostTensor.of(ids, texts, length),
                                    "attention_mask", HostTensor.of(mask, texts, length),
                                    "token_type_ids", HostTensor.of(new long[ids.length], texts, length)),
                            ClassifierHead.OUTPUT)
                    .requireFloats();
        }
    }

    private static void assertClose(float[] expected, float[] actual, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("number " + i).isCloseTo(expected[i], within((float) tolerance));
        }
        assertThat(Arrays.equals(actual, expected)).isFalse();
    }
}
