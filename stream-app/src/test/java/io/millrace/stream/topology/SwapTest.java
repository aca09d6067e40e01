package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.support.TestModels;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwapTest {
    private final PipelineHarness pipeline =
            new PipelineHarness(TestModels.AMOUNT_ONLY, TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0), false);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void eachScoreNamesTheVersionThatItsPartitionsActivationsName() {
        send(0, 10);
        pipeline.slot.replace(TestModels.load(2, TestModels.AMOUNT_ONLY, -1, 0));
        send(10, 20);
        pipeline.slot.replace(TestModels.load(3, TestModels.AMOUNT_ONLY, 2, 0));
        send(20, 30);

        List<Activation> activations = pipeline.activations();
        assertThat(activations).extracting(Activation::getVersion).containsExactly(1, 2, 3);
        List<Score> scores = pipeline.scores();
        assertThat(scores).hasSize(30);
        for (Score score : scores) {
            Activation at = activations.stream()
                    .filter(a -> a.getFirstOffset() <= score.getScoringOffset())
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(score.getVersion()).isEqualTo(at.getVersion());
            assertThat(score.getModelHash()).isEqualTo(at.getModelHash());
        }
    }

    @Test
    void theDecisionFollowsTheThreshold() {
        pipeline.send("{\"id\":\"a\",\"time\":1,\"amount\":3}");
        pipeline.send("{\"id\":\"b\",\"time\":1,\"amount\":-3}");

        assertThat(pipeline.scores()).extracting(Score::getDecision).containsExactly("FRAUD", "LEGITIMATE");
    }

    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            pipeline.send("{\"id\":\"" + i + "\",\"time\":" + i + ",\"amount\":1}");
        }
    }
}
