package io.millrace.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeployedFraudModelTest {

    @Test
    void theModelThatComesWithMillraceLoadsAndAnswersItsGoldenSamples() throws ModelRefusedException {
        Bundle bundle = BundleFolder.read(folder());

        try (LoadedModel model =
                new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 64).load(new ModelRef("fraud", 1), bundle)) {
            assertThat(model.width()).isEqualTo(15);
        }
        assertThat(bundle.manifest().golden()).isNotEmpty();
        assertThat(bundle.manifest().featureSet()).isEqualTo(FeatureSets.named(FeatureSets.HANDBOOK));
        assertThat(bundle.manifest().lineage())
                .containsEntry(
                        "feature-set-hash",
                        FeatureSets.named(FeatureSets.HANDBOOK).hash());
    }

    @Test
    void itIsSmallEnoughForARepository() throws IOException {
        long bytes = 0;
        for (String name : new String[] {"manifest.yaml", "model.onnx", "booster.ubj"}) {
            bytes += Files.size(folder().resolve(name));
        }

        assertThat(bytes).isLessThan(1_000_000);
    }

    private static Path folder() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        if (root == null) {
            throw new IllegalStateException("no folder above this one has .mvn: run the test inside the repository");
        }
        return root.resolve("deploy").resolve("models").resolve("fraud");
    }
}
