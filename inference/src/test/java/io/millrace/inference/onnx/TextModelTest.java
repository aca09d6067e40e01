package io.millrace.inference.onnx;

import static io.millrace.inference.onnx.TextModels.REF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models of texts: loaded, asked, or refused with a reason. */
class TextModelTest {
    private static final String QUANTIZED = "model.int8.onnx";

    private final ModelLoader loader = loader(Precision.AUTO);
    private final long sessionsBefore = LoadedModel.openSessions();

    @AfterEach
    void leavesNoSessionOpen() {
        assertThat(LoadedModel.openSessions()).isEqualTo(sessionsBefore);
    }

    @Test
    void scoresTextsOfDifferentLengthsTogetherAsEachAlone() throws ModelRefusedException {
        Manifest manifest = TextModels.manifest()
                .golden(1e-6, List.of(TextModels.sample("Good!", 1), TextModels.sample("a bad, bad film indeed", -2)))
                .build();

        try (LoadedModel model =
                loader.load(REF, TextModels.bundle(manifest, TextModels.graph().toModel()))) {
            TextBatch batch = model.newTextBatch();
            for (int round = 1; round <= 3; round++) {
                batch.clear();
                for (int i = 0; i < round * 4; i++) {
                    batch.add(model.encode("good ".repeat(i % 4) + "film"));
                }
                model.score(batch);
                for (int i = 0; i < round * 4; i++) {
                    assertThat(batch.probability(i, 1)).isCloseTo(TextModels.positive(i % 4), within(1e-6));
                }
            }
            assertThat(batch.longest()).isEqualTo(6);
        }
    }

    @Test
    void aClosedModelNeitherReadsNorScores() throws ModelRefusedException {
        LoadedModel model = loader.load(REF, TextModels.bundle());
        TextBatch batch = model.newTextBatch();
        batch.add(model.encode("good"));

        model.close();
        model.close();

        assertThatThrownBy(() -> model.encode("good")).hasMessageContaining("mood@1 is closed");
        assertThatThrownBy(() -> model.score(batch)).hasMessageContaining("mood@1 is closed");
    }

    @Test
    void onACpuTheFormOf8BitsRunsUnlessTheOtherIsAskedFor() throws ModelRefusedException {
        byte[] quantized = TextModels.graph(0.99f).toModel().toByteArray();
        Bundle bundle = withQuantized(quantized, 0.05);

        try (LoadedModel automatic = loader.load(REF, bundle);
                LoadedModel exact = loader(Precision.FP32).load(REF, bundle);
                LoadedModel quick = loader(Precision.INT8).load(REF, bundle)) {
            assertThat(automatic.modelHash()).isEqualTo(Sha256.hex(quantized)).isEqualTo(quick.modelHash());
            assertThat(exact.modelHash()).isEqualTo(bundle.modelHash());
            assertThat(positive(automatic, "good")).isLessThan(positive(exact, "good"));
        }
    }

    @Test
    void theFormOf8BitsIsHeldToItsOwnTolerance() {
        byte[] quantized = TextModels.graph(0.5f).toModel().toByteArray();

        assertRefused(withQuantized(quantized, 0.05), RefusalKind.GOLDEN_MISMATCH, "tolerance is 0.05");
    }

    @Test
    void theFormOf8BitsCannotBeAskedForWhereThereIsNone() {
        ModelRefusedException refused = catchThrowableOfType(
                ModelRefusedException.class, () -> loader(Precision.INT8).load(REF, TextModels.bundle()));

        assertThat(refused).hasMessageContaining("precision int8").hasMessageContaining("use precision auto");
    }

    @Test
    void refusesAModelWithoutItsTokenizer() {
        Bundle without = Bundle.of(
                TextModels.manifest().build(),
                Map.of(Bundle.MODEL_BLOB, TextModels.graph().toModel().toByteArray()));

        assertRefused(without, RefusalKind.MISSING_BLOB, "tokenizer.json", "[model.onnx]");
    }

    @Test
    void refusesATokenizerThatCannotBeRead() {
        for (String description : List.of("", "{}", "no json", "{\"model\": {\"type\": \"Magic\"}}")) {
            Map<String, byte[]> blobs = new LinkedHashMap<>(TextModels.bundle().blobs());
            blobs.put(Bundle.TOKENIZER_BLOB, description.getBytes(StandardCharsets.UTF_8));

            assertRefused(Bundle.of(TextModels.manifest().build(), blobs), RefusalKind.BAD_TOKENIZER, "cannot be read");
        }
    }

    @Test
    void refusesOtherInputsThanTextsHave() {
        assertRefused(withInputs("input_ids", "length"), RefusalKind.WRONG_SIGNATURE, "[input_ids, length]");
        assertRefused(withInputs("attention_mask"), RefusalKind.WRONG_SIGNATURE, "must have the input 'input_ids'");
    }

    @Test
    void refusesInputsOfAnotherTypeOrOfAFixedLength() {
        assertRefused(withInput(OnnxTypes.FLOAT, -1, -1), RefusalKind.WRONG_SIGNATURE, "must be int64, but is FLOAT");
        assertRefused(withInput(OnnxTypes.INT64, -1, 128), RefusalKind.WRONG_SIGNATURE, "exactly 128 tokens");
        assertRefused(withInput(OnnxTypes.INT64, 1, -1), RefusalKind.WRONG_SIGNATURE, "takes exactly 1");
        assertRefused(withInput(OnnxTypes.INT64, -1), RefusalKind.WRONG_SIGNATURE, "shape");
    }

    @Test
    void refusesOtherOutputsThanOneProbabilityPerClass() {
        Manifest three = TextModels.manifest().output("logits").build();
        assertRefused(
                TextModels.bundle(three, TextModels.graph().toModel()),
                RefusalKind.WRONG_SIGNATURE,
                "no output 'logits'");
        ModelProto.Builder logits = TextModels.graph().toModel().toBuilder();
        logits.getGraphBuilder().removeNode(logits.getGraph().getNodeCount() - 1);
        logits.getGraphBuilder()
                .getNodeBuilder(logits.getGraph().getNodeCount() - 1)
                .setOutput(0, "probabilities");
        assertRefused(
                TextModels.bundle(TextModels.manifest().build(), logits.build()),
                RefusalKind.NOT_PROBABILITIES,
                "a text of 16 tokens");
    }

    @Test
    void refusesAGoldenMismatch() {
        Manifest manifest = TextModels.manifest()
                .golden(1e-3, List.of(GoldenSample.ofText("good", List.of(0.5, 0.5))))
                .build();

        assertRefused(
                TextModels.bundle(manifest, TextModels.graph().toModel()),
                RefusalKind.GOLDEN_MISMATCH,
                "golden[0], class NEGATIVE",
                "0.5 was recorded");
    }

    @Test
    void refusesATokenizerThatKnowsMoreWordsThanTheModel() {
        ModelProto.Builder small = TextModels.graph().toModel().toBuilder();
        small.getGraphBuilder()
                .setInitializer(
                        0,
                        new GraphBuilder("few")
                                .weights("words", new float[] {0, 0, 0, 0}, 2, 2)
                                .toModel()
                                .getGraph()
                                .getInitializer(0));

        assertRefused(
                TextModels.bundle(TextModels.manifest().build(), small.build()), RefusalKind.RUN_FAILED, "mood@1");
    }

    @Test
    void truncationKeepsTheMarkOfTheEndAndIsTold() throws ModelRefusedException {
        Manifest manifest = TextModels.manifest()
                .text(new TextSettings(6))
                .golden(1e-6, List.of())
                .build();

        try (LoadedModel model =
                loader.load(REF, TextModels.bundle(manifest, TextModels.graph().toModel()))) {
            var whole = model.encode("good good good film");
            var cut = model.encode("good  good good bad film");

            assertThat(whole.truncated()).isFalse();
            assertThat(whole.readCharacters()).isEqualTo(19);
            assertThat(cut.truncated()).isTrue();
            assertThat(cut.ids()).containsExactly(1, 3, 3, 3, 4, 2);
            assertThat(cut.readCharacters()).isEqualTo("good  good good bad".length());
        }
    }

    private static double positive(LoadedModel model, String text) {
        TextBatch batch = model.newTextBatch();
        batch.add(model.encode(text));
        model.score(batch);
        return batch.probability(0, 1);
    }

    private static ModelLoader loader(Precision precision) {
        return new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 16, precision);
    }

    private static Bundle withQuantized(byte[] quantized, double tolerance) {
        Manifest manifest = TextModels.manifest()
                .golden(1e-6, List.of(TextModels.sample("good", 1)))
                .quantized(new Quantized(QUANTIZED, tolerance))
                .build();
        Map<String, byte[]> blobs = new LinkedHashMap<>(TextModels.bundle().blobs());
        blobs.put(QUANTIZED, quantized);
        return Bundle.of(manifest, blobs);
    }

    private static Bundle withInputs(String... names) {
        GraphBuilder graph = constantAnswer();
        for (String name : names) {
            graph.input(name, OnnxTypes.INT64, -1, -1).node("Identity", List.of(name), List.of("unused-" + name));
        }
        return TextModels.bundle(TextModels.manifest().build(), graph.toModel());
    }

    private static Bundle withInput(int type, long... shape) {
        GraphBuilder graph = constantAnswer()
                .input("input_ids", type, shape)
                .node("Identity", List.of("input_ids"), List.of("unused"));
        return TextModels.bundle(TextModels.manifest().build(), graph.toModel());
    }

    private static GraphBuilder constantAnswer() {
        return new GraphBuilder("constant")
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("p", new float[] {0.5f, 0.5f}, 1, 2)
                .node("Identity", List.of("p"), List.of("probabilities"));
    }

    private void assertRefused(Bundle bundle, RefusalKind kind, String... parts) {
        ModelRefusedException refused =
                catchThrowableOfType(ModelRefusedException.class, () -> loader.load(REF, bundle));

        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(kind);
        assertThat(refused).hasMessageStartingWith(kind + ": mood@1: ").hasMessageContainingAll(parts);
    }
}
