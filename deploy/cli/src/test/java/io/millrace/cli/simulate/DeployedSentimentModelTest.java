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
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.schemas.Sha256;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.graph.OnnxGraph;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
    void aNewHeadTravelsAsAFewKilobytesInBothForms() throws LearningException, NotQuantizableException {
        Bundle bundle = BundleFolder.read(FOLDER);
        byte[] int8 = Objects.requireNonNull(bundle.blobs().get("model.int8.onnx"));

        byte[] tuned = OnnxGraph.parse(bundle.model(), ClassifierHead.OUTPUT)
                .withWeights(Map.of(ClassifierHead.BIAS, new float[] {0.1f, -0.1f}));

        assertThat(TensorDelta.between(bundle.model(), tuned))
                .hasValueSatisfying(delta -> assertThat(delta).hasSizeLessThan(8_192));
        assertThat(TensorDelta.between(int8, Int8Quantizer.quantize(tuned)))
                .hasValueSatisfying(delta -> assertThat(delta).hasSizeLessThan(8_192));
    }

    @Test
    void carriesSentencesToLearnAgainAndOthersToJudgeBy() throws IOException, LearningException {
        ReplaySet replay = ReplayFile.read(Files.readAllBytes(FOLDER.resolve(ReplaySet.BLOB)));

        assertThat(replay.learned()).hasSize(1_000);
        assertThat(replay.judged()).hasSize(1_000);
        assertThat(replay.values())
                .singleElement()
                .satisfies(value -> assertThat(value.name()).isEqualTo(ClassifierHead.POOLED));
        assertThat(replay.referenceAccuracy()).isBetween(0.915, 0.925);
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
