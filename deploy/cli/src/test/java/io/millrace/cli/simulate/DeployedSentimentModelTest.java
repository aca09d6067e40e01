package io.millrace.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.RepositoryRoot;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentiment model of the repository, put together with the encoder's artifact on the class path. */
class DeployedSentimentModelTest {
    private static final Path FOLDER =
            RepositoryRoot.find().resolve("deploy").resolve("models").resolve("sentiment");

    @Test
    void givesTheFilesThatItsManifestNamesAndBothFormsAnswerTheGoldenSamples() throws ModelRefusedException {
        Bundle bundle = BundleFolder.read(FOLDER);

        assertThat(bundle.blobs().keySet())
                .containsExactly("model.int8.onnx", "model.onnx", "replay.bin", "tokenizer.json");
        for (Map.Entry<String, byte[]> blob : bundle.blobs().entrySet()) {
            assertThat(Sha256.hex(blob.getValue()))
                    .as(blob.getKey())
                    .isEqualTo(bundle.manifest().blobs().get(blob.getKey()));
        }
        assertThat(bundle.manifest().golden()).hasSizeGreaterThan(8);
        for (Precision precision : new Precision[] {Precision.FP32, Precision.INT8}) {
            ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 16, precision);
            // Loading asks for the golden samples and refuses a model that answers otherwise.
            try (LoadedModel model = loader.load(new ModelRef("sentiment", 1), bundle)) {
                assertThat(model.modelHash())
                        .isEqualTo(bundle.manifest()
                                .blobs()
                                .get(precision == Precision.FP32 ? "model.onnx" : "model.int8.onnx"));
            }
        }
    }

    @Test
    void isSmallEnoughForARepositoryAndHoldsNoModel() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.mapToLong(DeployedSentimentModelTest::size).sum()).isLessThan(20_000_000);
        }
        assertThat(FOLDER.resolve("model.onnx")).doesNotExist();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
