package io.millrace.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.BundleException.Problem;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CARD = "a card".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static Bundle bundle() {
        Manifest manifest = new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .featureSet(new FeatureSet("one", "UTC", List.of(new FieldFeature("amount", "amount"))))
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, MODEL, "docs/card.md", CARD));
    }

    @Test
    void namesItsBlobsByTheirHashes() {
        assertThat(bundle().manifest().blobs())
                .containsExactly(
                        Map.entry("docs/card.md", Sha256.hex(CARD)), Map.entry(Bundle.MODEL_BLOB, Sha256.hex(MODEL)));
        assertThat(bundle().modelHash()).isEqualTo(Sha256.hex(MODEL));
    }

    @Test
    void comesBackFromItsTextAndBlobs() {
        Bundle read = Bundle.parse(bundle().manifestYaml(), bundle().blobs());

        assertThat(read.manifest()).isEqualTo(bundle().manifest());
        assertThat(read.model()).isEqualTo(MODEL);
    }

    @Test
    void refusesChangedMissingAndUndeclaredBlobs() {
        String yaml = bundle().manifestYaml();

        assertProblem(
                Problem.HASH_MISMATCH,
                () -> Bundle.parse(yaml, Map.of(Bundle.MODEL_BLOB, CARD, "docs/card.md", CARD)),
                "'model.onnx' (6 bytes) has SHA-256 " + Sha256.hex(CARD));
        assertProblem(
                Problem.MISSING_BLOB,
                () -> Bundle.parse(yaml, Map.of(Bundle.MODEL_BLOB, MODEL)),
                "'docs/card.md' is missing");
        assertProblem(
                Problem.UNDECLARED_BLOB,
                () -> Bundle.parse(yaml, Map.of(Bundle.MODEL_BLOB, MODEL, "docs/card.md", CARD, "x", CARD)),
                "'x' is not named");
        assertProblem(Problem.BAD_MANIFEST, () -> Bundle.parse("nmae: fraud", bundle().blobs()), "did you mean 'name'");
    }

    @Test
    void liesInAFolderAndComesBackAsItWas() throws IOException {
        BundleFolder.write(folder.resolve("fraud"), bundle());

        Bundle read = BundleFolder.read(folder.resolve("fraud"));

        assertThat(read.manifest()).isEqualTo(bundle().manifest());
        assertThat(read.manifestYaml()).isEqualTo(bundle().manifestYaml());
        assertThat(read.blobs()).containsOnlyKeys(Bundle.MODEL_BLOB, "docs/card.md");
        assertThat(read.model()).isEqualTo(MODEL);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.yaml", "model.onnx", "card.md");
        }
    }

    @Test
    void replacesTheBundleThatIsThere() {
        BundleFolder.write(folder, bundle());
        Bundle next = Bundle.of(bundle().manifest(), Map.of(Bundle.MODEL_BLOB, CARD));

        BundleFolder.write(folder, next);

        assertThat(BundleFolder.read(folder).model()).isEqualTo(CARD);
    }

    @Test
    void namesTheFileThatAFolderLacks() throws IOException {
        assertProblem(Problem.BAD_MANIFEST, () -> BundleFolder.read(folder), "there is no manifest.yaml");

        BundleFolder.write(folder, bundle());
        Files.delete(folder.resolve("docs/card.md"));
        assertProblem(Problem.MISSING_BLOB, () -> BundleFolder.read(folder), "'docs/card.md'");
    }

    private static void assertProblem(Problem problem, Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        BundleException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem))
                .hasMessageContaining(message);
    }
}
