package io.millrace.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.arena.StatefulFraud;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.registry.VersionDraft;
import org.junit.jupiter.api.Test;

class TabularVersionsTest {
    private final TabularVersions versions = new TabularVersions(StatefulFraud.bundle());

    @Test
    void aVersionIsAnotherFileThatAStreamAccepts() throws Exception {
        VersionDraft draft = versions.draft(1);
        Bundle bundle = Bundle.parse(draft.manifestYaml(), draft.blobs());

        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 16);
        try (LoadedModel loaded = loader.load(new ModelRef("fraud", 2), bundle)) {
            assertThat(loaded.manifest().featureSet())
                    .isEqualTo(versions.base().manifest().featureSet());
        }
        assertThat(bundle.modelHash()).isNotEqualTo(versions.base().modelHash());
    }

    @Test
    void seedsMakeVersionsThatDifferAndCanBeMadeAgain() {
        assertThat(versions.draft(1).manifestYaml())
                .isEqualTo(versions.draft(1).manifestYaml())
                .isNotEqualTo(versions.draft(2).manifestYaml());
    }
}
