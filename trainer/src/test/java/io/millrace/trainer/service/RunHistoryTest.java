package io.millrace.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.config.TrainingConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private final RunHistory history = new RunHistory(
            new TrainedModel("fraud", TrainingConfig.of("cards", null, null, null, null, null, null, null)));

    @Test
    void aTrainerStoodWhereTheRunsThatAreOverEnded() {
        history.put(run("1-a", TrainingState.PUBLISHED, 100));
        history.put(run("2-a", TrainingState.REFUSED, 200));
        history.put(run("3-b", TrainingState.LEARNING, 300));

        assertThat(history.trainedTo()).isEqualTo(Map.of(0, 200L));
        assertThat(history.lastOver().map(TrainingRun::getRun)).contains("2-a");
    }

    @Test
    void onlyTheLatestPublicationIsWaitedForAndOnlyUntilItIsLive() {
        history.put(run("1-a", TrainingState.PUBLISHED, 100));
        assertThat(history.notYetLive().map(TrainingRun::getRun)).contains("1-a");

        TrainingRun live = TrainingRun.newBuilder(run("2-a", TrainingState.PUBLISHED, 200))
                .setStep("live since noon")
                .build();
        history.put(live);

        assertThat(history.notYetLive()).isEmpty();
    }

    private static TrainingRun run(String name, TrainingState state, long to) {
        return TrainingRun.newBuilder()
                .setModel("fraud")
                .setRun(name)
                .setPipeline("cards")
                .setChampion(1)
                .setState(state)
                .setTrigger("a test")
                .setStartedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .setRanges(List.of(new OffsetRange(0, 0L, to)))
                .build();
    }
}
