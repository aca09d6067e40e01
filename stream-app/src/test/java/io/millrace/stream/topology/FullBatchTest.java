package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.support.TestModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of one row, so that each is full: another thread runs it, and a commit comes meanwhile. */
class FullBatchTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger runs = new AtomicInteger();
    private final Executor late = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);
    private final PipelineHarness pipeline = new PipelineHarness(
            new PipelineConfig(
                    "fraud",
                    InputConfig.of(PipelineHarness.INPUT, null, "id", "time", null, null, Map.of(), null, null),
                    "fraud",
                    1,
                    new BatchConfig(1, Duration.ofMillis(5)),
                    new DecisionConfig(0.5),
                    null,
                    true,
                    ScoreFormat.AVRO),
            TestModels.AMOUNT_ONLY,
            TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0),
            batch -> {
                runs.incrementAndGet();
                late.execute(batch);
            },
            () -> nanos.addAndGet(1_000_000));

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aCommitWaitsForTheBatchUnderWayAndNoVersionScoresTheRowsOfAnother() {
        send(0, 10);
        pipeline.slot.replace(TestModels.load(2, TestModels.AMOUNT_ONLY, -1, 0));
        send(10, 20);

        assertThat(runs).as("the first one tells how long they take").hasValue(19);
        List<Score> scores = pipeline.scores();
        assertThat(scores)
                .extracting(Score::getEventId)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList());
        assertThat(scores)
                .allSatisfy(score -> assertThat(score.getVersion())
                        .isEqualTo(Integer.parseInt(score.getEventId().toString()) < 10 ? 1 : 2));
        assertThat(pipeline.activations())
                .extracting(Activation::getFirstOffset)
                .containsExactly(0L, 10L);
    }

    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            pipeline.send("{\"id\":\"" + i + "\",\"time\":" + i + ",\"amount\":1}");
        }
    }
}
