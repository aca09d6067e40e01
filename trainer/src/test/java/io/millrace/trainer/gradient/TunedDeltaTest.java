package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.delta.BrokenDeltaException;
import io.millrace.inference.onnx.delta.TensorDelta;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the gradient learner writes differs from the champion in the tuned tensors only, so that little has to travel. */
class TunedDeltaTest {

    @Test
    void aTunedNetworkTravelsAsTheTensorsThatMoved() throws LearningException, BrokenDeltaException {
        Bundle champion = Networks.untrained(11, 256, 256);
        ExampleSet none = new ExampleSet(List.of());
        GradientConfig config = GradientConfig.of(1e-3, 0.01, 0.1, 1, 32, 1.0, 1, null, false);

        byte[] tuned = Objects.requireNonNull(new GradientLearner(config, new TrainablePart.Head())
                .learn(champion, new LearningTask(Networks.ring(300, 1), none, none, 0), LearningProgress.SILENT)
                .blobs()
                .get(Bundle.MODEL_BLOB));

        byte[] delta = TensorDelta.between(champion.model(), tuned).orElseThrow();
        assertThat(delta.length).isLessThan(tuned.length / 50);
        assertThat(TensorDelta.apply(champion.model(), delta)).isEqualTo(tuned);
    }
}
