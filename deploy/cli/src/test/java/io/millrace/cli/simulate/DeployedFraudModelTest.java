package io.millrace.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.RepositoryRoot;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.feature.FeatureSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedFraudModelTest {

    @ParameterizedTest
    @CsvSource({"fraud, fraud-9", "fraud-handbook-15, handbook-15"})
    void theModelsThatComeWithMillraceLoadAndAnswerTheirGoldenSamples(String name, String features)
            throws ModelRefusedException {
        Bundle bundle = BundleFolder.read(folder(name));
        FeatureSet set = FeatureSets.named(features);

        try (LoadedModel model =
                new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 64).load(new ModelRef(name, 1), bundle)) {
            assertThat(model.width()).isEqualTo(set.size());
        }
        assertThat(bundle.manifest().golden()).isNotEmpty();
        assertThat(bundle.manifest().featureSet()).isEqualTo(set);
        assertThat(bundle.manifest().lineage()).containsEntry("feature-set-hash", set.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fraud", "fraud-handbook-15"})
    void theyAreSmallEnoughForARepository(String name) throws IOException {
        long bytes = 0;
        for (String file : new String[] {"manifest.yaml", "model.onnx", "booster.ubj"}) {
            bytes += Files.size(folder(name).resolve(file));
        }

        assertThat(bytes).isLessThan(1_000_000);
    }

    private static Path folder(String model) {
        return RepositoryRoot.find().resolve("deploy").resolve("models").resolve(model);
    }
}
