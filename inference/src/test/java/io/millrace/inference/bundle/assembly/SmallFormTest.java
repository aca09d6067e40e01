package io.millrace.inference.bundle.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFormTest {
    private static final String ARTIFACT = "org.example:encoder:1.0";
    private static final int WIDTH = 32;

    private final Map<String, byte[]> artifact = new LinkedHashMap<>(
            Map.of("encoder.onnx", model(1, 0), "tokens.json", "the tokenizer".getBytes(StandardCharsets.UTF_8)));
    private final BaseFiles files = artifact::get;

    @TempDir
    Path folder;

    private Bundle bundle;

    @BeforeEach
    void writeATunedModel() throws NotQuantizableException {
        SmallForm form = SmallForm.of(ARTIFACT, "encoder.onnx", "tokens.json", files, model(1, 0.01), 6);
        byte[] model = form.model(files);
        Map<String, byte[]> blobs = Map.of(
                Bundle.MODEL_BLOB,
                model,
                Bundle.TOKENIZER_BLOB,
                form.tokenizer(files),
                "model.int8.onnx",
                Int8Quantizer.quantize(model),
                "replay.bin",
                new byte[] {1, 2, 3});
        bundle = Bundle.of(
                new ManifestBuilder("texts", Task.TEXT_CLASSIFICATION, List.of("negative", "positive"))
                        .quantized(new Quantized("model.int8.onnx", 0.1))
                        .build(),
                blobs);
        BundleFolder.writeSmall(folder, bundle, form);
    }

    @Test
    void theFolderHoldsWhatTheBaseLacksAndGivesTheWholeBundle() throws IOException {
        Bundle read = BundleFolder.read(folder, files);

        assertThat(read.manifestYaml()).isEqualTo(bundle.manifestYaml());
        assertThat(read.blobs()).usingRecursiveComparison().isEqualTo(bundle.blobs());
        try (Stream<Path> names = Files.list(folder)) {
            assertThat(names.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "manifest.yaml", "assembly.yaml", "graph.delta.onnx", "weights.delta", "replay.bin");
        }
        assertThat(Files.size(folder.resolve("weights.delta"))).isLessThan(bundle.model().length / 3);
    }

    @Test
    void aBaseThatIsMissingIsNamedWithTheArtifactThatHasIt() {
        artifact.remove("encoder.onnx");

        assertRefused(
                Problem.MISSING_BLOB,
                "'encoder.onnx' of the artifact org.example:encoder:1.0, which is not on the class path");
    }

    @Test
    void anotherVersionOfTheBaseIsRefused() {
        artifact.put("encoder.onnx", model(2, 0));

        assertRefused(Problem.HASH_MISMATCH, "put exactly the artifact org.example:encoder:1.0 there");
    }

    @Test
    void anotherTokenizerIsRefused() {
        artifact.put("tokens.json", new byte[3]);

        assertRefused(Problem.HASH_MISMATCH, "'tokens.json' on the class path has SHA-256");
    }

    @Test
    void differencesOfAnotherTuningAreRefusedByTheManifestsHash() throws IOException {
        SmallForm other = SmallForm.of(ARTIFACT, "encoder.onnx", "tokens.json", files, model(1, 0.02), 6);
        Files.write(folder.resolve("weights.delta"), other.weights());

        assertRefused(Problem.HASH_MISMATCH, "blob 'model.");
    }

    @Test
    void damagedDifferencesAreRefused() throws IOException {
        Files.write(folder.resolve("weights.delta"), new byte[10]);

        assertRefused(Problem.BROKEN_DELTA, "get the bundle's folder again");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("weights.delta"));

        assertRefused(Problem.MISSING_BLOB, "weights.delta");
    }

    @Test
    void anAssemblyThatCannotBeReadIsRefused() throws IOException {
        Files.writeString(folder.resolve("assembly.yaml"), "artefact: x\n");

        assertRefused(Problem.BAD_MANIFEST, "did you mean 'artifact'");
    }

    private void assertRefused(Problem problem, String message) {
        assertThatThrownBy(() -> BundleFolder.read(folder, files))
                .isInstanceOfSatisfying(
                        BundleException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem))
                .hasMessageContaining(message);
    }

    /** Looks words up and multiplies by a matrix, which tuning moved by so much. */
    private static byte[] model(long seed, double moved) {
        Random random = new Random(seed);
        Random tuning = new Random(9);
        float[] matrix = new float[WIDTH * WIDTH];
        float[] table = new float[WIDTH * WIDTH];
        for (int i = 0; i < matrix.length; i++) {
            table[i] = (float) random.nextGaussian();
            matrix[i] = (float) (random.nextGaussian() * 0.1 + tuning.nextGaussian() * moved);
        }
        return new GraphBuilder("words")
                .input("input_ids", OnnxTypes.INT64, -1, -1)
                .output("dense", OnnxTypes.FLOAT, -1, -1, WIDTH)
                .weights("table", table, WIDTH, WIDTH)
                .weights("matrix", matrix, WIDTH, WIDTH)
                .node("Gather", List.of("table", "input_ids"), List.of("words"))
                .node("MatMul", List.of("words", "matrix"), List.of("dense"))
                .toModel()
                .toByteArray();
    }
}
