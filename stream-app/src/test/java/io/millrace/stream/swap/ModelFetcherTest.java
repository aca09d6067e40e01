package io.millrace.stream.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.DeviceChoice;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.RefusalKind;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.FolderBlobStore;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.stream.support.TestModels;
import io.millrace.stream.support.TextModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline takes only models that read what it has for them. */
class ModelFetcherTest {
    @TempDir
    private Path folder;

    @Test
    void aPipelineOfNumbersRefusesAModelOfTextsAndSaysWhichKeyIsMissing() {
        ModelRefusedException refused = refusal(TextModels.bundle(1, 16), false);

        assertThat(refused.kind()).isEqualTo(RefusalKind.FEATURE_SET_MISMATCH);
        assertThat(refused)
                .hasMessageContaining("mood@1: reads texts, but this pipeline has none")
                .hasMessageContaining("name the field with the text in input.text");
    }

    @Test
    void aPipelineOfTextsRefusesAModelOfNumbersAndSaysWhichKeyIsTooMuch() {
        ModelRefusedException refused = refusal(TestModels.bundle(TestModels.AMOUNT_ONLY, 1, 0), true);

        assertThat(refused.kind()).isEqualTo(RefusalKind.FEATURE_SET_MISMATCH);
        assertThat(refused)
                .hasMessageContaining("fraud@1: reads rows of features, but this pipeline has texts")
                .hasMessageContaining("leave input.text out");
    }

    private ModelRefusedException refusal(Bundle bundle, boolean texts) {
        ModelLoader loader = new ModelLoader(new DeviceChoice(DeviceChoice.Kind.CPU, "a test"), 1, 16);
        ModelFetcher fetcher = new ModelFetcher(new FolderBlobStore(folder), loader, texts);
        ModelRefusedException refused = catchThrowableOfType(
                ModelRefusedException.class,
                () -> fetcher.fetch(version(bundle), RegistryView.EMPTY, Optional.empty()));
        assertThat(refused).as("refusal").isNotNull();
        return refused;
    }

    private static ModelVersion version(Bundle bundle) {
        String yaml = bundle.manifestYaml();
        return ModelVersion.newBuilder()
                .setName(bundle.manifest().name())
                .setVersion(1)
                .setManifest(yaml)
                .setManifestHash(Sha256.hex(yaml.getBytes(StandardCharsets.UTF_8)))
                .setBlobs(List.of())
                .setPublishedAt(Instant.EPOCH)
                .setPublishedBy("test")
                .build();
    }
}
