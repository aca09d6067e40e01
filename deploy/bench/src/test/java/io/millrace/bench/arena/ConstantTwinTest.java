package io.millrace.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ScoreBatch;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConstantTwinTest {

    @Test
    void answersTheSameWhateverTheRow() throws Exception {
        Bundle trees = StatefulFraud.bundle();
        Bundle twin = ConstantTwin.of(trees);
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 64);
        Random random = new Random(1);

        assertThat(twin.manifest().featureSet()).isEqualTo(trees.manifest().featureSet());
        try (LoadedModel model = loader.load(new ModelRef(twin.manifest().name(), 1), twin)) {
            ScoreBatch batch = model.newBatch(64);
            for (int row = 0; row < 50; row++) {
                double[] features = new double[model.width()];
                Arrays.setAll(features, i -> 1_000 * random.nextGaussian());
                batch.add(features);
            }
            model.score(batch);
            for (int row = 0; row < 50; row++) {
                assertThat(batch.probability(row, 1)).isEqualTo(0.1f);
            }
        }
    }
}
