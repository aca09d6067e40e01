package io.millrace.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.inference.onnx.LoadedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudPretrainingTest {

    private static final PretrainingSettings SETTINGS = PretrainingSettings.standard(
                    FeatureSets.named(FeatureSets.HANDBOOK), 3)
            .withDays(10, 30, 7);

    @TempDir
    private Path folder;

    @Test
    void theSameContentAndSeedGiveTheSameBytesWhereverTheFileLies() throws IOException {
        Path here = MadeUpTransactions.write(folder.resolve("here.csv"), 55, 1);
        Path there = Files.copy(here, folder.resolve("there.csv"));

        BundleFolder.write(folder.resolve("first"), pretrain(here).bundle());
        BundleFolder.write(folder.resolve("second"), pretrain(there).bundle());

        for (String name : new String[] {"manifest.yaml", "model.onnx", "booster.ubj"}) {
            assertThat(folder.resolve("second").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("first").resolve(name));
        }
    }

    @Test
    void theBundleSaysWhereItCameFromAndHowGoodItIs() throws IOException {
        Path file = MadeUpTransactions.write(folder.resolve("file.csv"), 55, 1);
        long openBefore = LoadedModel.openSessions();

        Pretrained pretrained = pretrain(file);

        Manifest manifest = pretrained.bundle().manifest();
        assertThat(manifest.lineage())
                .containsEntry("seed", "3")
                .containsEntry("label-delay", "PT168H")
                .containsEntry("data-rows", "6600")
                .containsKeys("code", "trees", "data-sha256", "training", "hold-out", "threshold", "export-parity")
                .doesNotContainValue(file.toString());
        // Days 0 to 54: hold-out 48 to 54, labels of 41 to 47 not known yet, training 11 to 40.
        assertThat(manifest.lineage().get("training")).startsWith("2018-07-12 to 2018-08-10, 3600 rows");
        assertThat(manifest.lineage().get("hold-out")).startsWith("2018-08-18 to 2018-08-24, 840 rows");
        assertThat(manifest.golden()).hasSizeBetween(2, 8);
        assertThat(manifest.threshold()).isBetween(0.0, 1.0);
        assertThat(pretrained.holdOut().rocAuc()).isGreaterThan(0.6);
        assertThat(pretrained.parity()).isLessThanOrEqualTo(1e-5);
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void aBundleComesBackFromItsFolder() throws IOException {
        Path file = MadeUpTransactions.write(folder.resolve("file.csv"), 55, 1);
        Bundle bundle = pretrain(file).bundle();

        BundleFolder.write(folder.resolve("bundle"), bundle);

        assertThat(BundleFolder.read(folder.resolve("bundle")).manifest()).isEqualTo(bundle.manifest());
    }

    @Test
    void aFileThatIsTooShortIsRefusedWithWhatIsWanted() throws IOException {
        Path file = MadeUpTransactions.write(folder.resolve("short.csv"), 24, 1);

        assertThatThrownBy(() -> pretrain(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("covers 24 days")
                .hasMessageContaining("10 of warm-up, at least 1 of training, 7 of label delay and 7 of hold-out");
    }

    private static Pretrained pretrain(Path file) throws IOException {
        return new FraudPretraining(SETTINGS, PretrainingProgress.SILENT).run(file);
    }
}
