package io.millrace.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.arena.EventIds;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import io.millrace.schemas.avro.Score;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreHeadTest {

    @Test
    void readsTheEventAndTheVersionOfAWholeScore() {
        Score score = Score.newBuilder()
                .setEventId(EventIds.of(1_234_567))
                .setEventTime(Instant.ofEpochMilli(1_700_000_000_000L))
                .setModel("fraud")
                .setVersion(42)
                .setModelHash("00ff")
                .setScore(0.25)
                .setProbabilities(List.of(0.75, 0.25))
                .setDecision("LEGITIMATE")
                .setThreshold(0.5)
                .setInputPartition(0)
                .setInputOffset(1)
                .setScoringPartition(0)
                .setScoringOffset(1)
                .setScoredAt(Instant.ofEpochMilli(1_700_000_000_001L))
                .build();
        ScoreHead head = new ScoreHead();

        head.read(SingleObject.of(Score.class, SchemaStore.ofOwn()).encode(score));

        assertThat(head.id()).isEqualTo(1_234_567);
        assertThat(head.version()).isEqualTo(42);
    }

    @Test
    void refusesWhatIsNoScore() {
        Label label = new Label("t1", "FRAUD", Instant.EPOCH, Instant.EPOCH, "bench", 1.0, false);
        byte[] bytes = SingleObject.of(Label.class, SchemaStore.ofOwn()).encode(label);

        assertThatThrownBy(() -> new ScoreHead().read(bytes)).isInstanceOf(IllegalStateException.class);
    }
}
