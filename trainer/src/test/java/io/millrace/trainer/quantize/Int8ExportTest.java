package io.millrace.trainer.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.onnx.GraphSession;
import io.millrace.inference.onnx.HostTensor;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxAttributes;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.gradient.tuning.ModelInputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Int8ExportTest {
    private static final int VOCABULARY = 200;
    private static final byte[] FP32 = new ClassifierHead(EncoderTemplate.OUTPUT, 32, 2, 5)
            .on(new EncoderTemplate(2, 32, 4, 64, VOCABULARY, 24, 5).model());
    private static final ModelInputs TEXTS = new RandomTexts(300);
    private static final int[] ANSWERS = answers(FP32);

    @Test
    void anInt8FormThatLosesLittleAndIsFasterIsTaken() throws Exception {
        Int8Outcome outcome = new Int8Export(5, new TurnsClock(200, 100)).export(FP32, "probabilities", TEXTS, ANSWERS);

        assertThat(outcome.accepted()).as(outcome.report().reasons().toString()).isTrue();
        assertThat(outcome.model()).isEqualTo(Int8Quantizer.quantize(FP32));
        assertThat(outcome.report().numbers())
                .containsEntry("int8-accuracy/champion", 1.0)
                .containsEntry("int8-speed/candidate", 2.0);
        assertThat(outcome.lineage())
                .containsEntry("int8", "accepted")
                .containsKey("int8-accuracy")
                .doesNotContainKey("int8-speed");
    }

    @Test
    void oneThatIsSlowerIsLeftOutAndTheLineageSaysSo() {
        Int8Outcome outcome = new Int8Export(5, new TurnsClock(100, 125)).export(FP32, "probabilities", TEXTS, ANSWERS);

        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.model()).isNull();
        assertThat(outcome.lineage().get("int8"))
                .isEqualTo("left out: int8 is 0.80 times as fast as float32 on this CPU: it must be faster");
    }

    @Test
    void oneThatLosesAccuracyIsLeftOutWithBothNumbers() {
        byte[] outlier = withAnOutlier();

        Int8Outcome outcome =
                new Int8Export(0.5, Int8ExportTest::standing).export(outlier, "probabilities", TEXTS, answers(outlier));

        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.report().numbers().get("int8-accuracy/candidate")).isLessThan(0.9);
        assertThat(outcome.lineage().get("int8"))
                .startsWith("left out: accuracy on 300 held-out texts goes from 1.0000 in float32 to 0.")
                .endsWith("at most 0.50 are allowed");
    }

    @Test
    void aClockThatStandsStillLeavesTheVerdictToTheAccuracy() {
        assertThat(new Int8Export(5, Int8ExportTest::standing)
                        .export(FP32, "probabilities", TEXTS, ANSWERS)
                        .accepted())
                .isTrue();
    }

    @Test
    void aModelWithoutAnInt8FormSaysWhy() {
        byte[] nothingToRound = new GraphBuilder("constant")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("table", new float[2 * VOCABULARY], VOCABULARY, 2)
                .node("Gather", List.of("table", "input_ids"), List.of("probabilities"))
                .toModel()
                .toByteArray();

        Int8Outcome outcome =
                new Int8Export(5, Int8ExportTest::standing).export(nothingToRound, "probabilities", TEXTS, ANSWERS);

        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.lineage().get("int8")).startsWith("left out: there is no int8 form: no node of the graph");
    }

    @Test
    void cannotBeJudgedWithoutTexts() {
        assertThatThrownBy(() -> new Int8Export(1, Int8ExportTest::standing)
                        .export(FP32, "probabilities", new RandomTexts(0), new int[0]))
                .hasMessageContaining("0 texts");
        assertThatThrownBy(() -> new Int8Export(Double.NaN, Int8ExportTest::standing))
                .hasMessageContaining("NaN");
    }

    private static long standing() {
        return 0;
    }

    /**
     * A classifier with one weight, of an activation that is always zero, next to which all others round to zero.
     * Padding, word 0, is all zeros.
     */
    private static byte[] withAnOutlier() {
        Random random = new Random(3);
        float[] words = new float[VOCABULARY * 8];
        float[] weights = new float[8 * 8];
        float[] head = new float[2 * 8];
        for (int i = 0; i < words.length; i++) {
            words[i] = i < 8 || i % 8 == 0 ? 0 : (float) random.nextGaussian();
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i < 8 ? 10_000 : (float) random.nextGaussian();
        }
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) random.nextGaussian();
        }
        return new GraphBuilder("outlier")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("words", words, VOCABULARY, 8)
                .weights("w", weights, 8, 8)
                .weights("head.weight", head, 2, 8)
                .node("Gather", List.of("words", "input_ids"), List.of("seen"))
                .node(
                        "ReduceMean",
                        List.of("seen"),
                        List.of("text"),
                        OnnxAttributes.integers("axes", List.of(1L)),
                        OnnxAttributes.integer("keepdims", 0))
                .node("MatMul", List.of("text", "w"), List.of("dense"))
                .node("Gemm", List.of("dense", "head.weight"), List.of("logits"), OnnxAttributes.integer("transB", 1))
                .node("Softmax", List.of("logits"), List.of("probabilities"), OnnxAttributes.integer("axis", 1))
                .toModel()
                .toByteArray();
    }

    /** What a model itself answers, by which it is right everywhere. */
    private static int[] answers(byte[] model) {
        int[] all = IntStream.range(0, TEXTS.size()).toArray();
        try (GraphSession session = GraphSession.open(model)) {
            Map<String, HostTensor> fed = new HashMap<>(TEXTS.batch(all, TEXTS.longest(all)));
            fed.keySet().retainAll(session.inputs());
            float[] probabilities = session.run(fed, "probabilities").requireFloats();
            return IntStream.of(all)
                    .map(text -> probabilities[2 * text + 1] > probabilities[2 * text] ? 1 : 0)
                    .toArray();
        }
    }

    /** A clock by which the two models, taking turns, need these times for a batch. */
    private static final class TurnsClock implements LongSupplier {
        private final long[] nanos;
        private long now;
        private int reads;

        TurnsClock(long first, long second) {
            nanos = new long[] {first, second};
        }

        @Override
        public long getAsLong() {
            // Each turn reads the clock twice.
            if (reads % 2 == 1) {
                now += nanos[reads / 2 % 2];
            }
            reads++;
            return now;
        }
    }

    /** Texts of random words, of 3 to 20. */
    private record RandomTexts(int size) implements ModelInputs {
        @Override
        public int length(int example) {
            return 3 + example % 18;
        }

        @Override
        public Map<String, HostTensor> batch(int[] examples, int length) {
            long[] ids = new long[examples.length * length];
            long[] mask = new long[ids.length];
            for (int row = 0; row < examples.length; row++) {
                Random random = new Random(examples[row]);
                for (int i = 0; i < length(examples[row]); i++) {
                    ids[row * length + i] = random.nextInt(VOCABULARY);
                    mask[row * length + i] = 1;
                }
            }
            return Map.of(
                    "input_ids", HostTensor.of(ids, examples.length, length),
                    "attention_mask", HostTensor.of(mask, examples.length, length),
                    "token_type_ids", HostTensor.of(new long[ids.length], examples.length, length));
        }
    }
}
