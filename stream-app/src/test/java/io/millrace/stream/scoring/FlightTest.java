package io.millrace.stream.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.schemas.codec.Event;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.support.ScoringSettings;
import io.millrace.stream.support.TestModels;
import io.millrace.stream.swap.ModelLease;
import io.millrace.stream.swap.ModelSlot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch that another thread runs keeps its version alive until it has landed, also when it is given up. */
class FlightTest {
    private final List<LoadedModel> retired = new ArrayList<>();
    private final ModelSlot slot = new ModelSlot(retired::add);
    private final LoadedModel first = TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0);
    private final LoadedModel second = TestModels.load(2, TestModels.AMOUNT_ONLY, -1, 0);
    private final PipelineMeters meters = new PipelineMeters(new SimpleMeterRegistry(), "cards");
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final RowScorer batch = new RowScorer(ScoringSettings.of(
            new PipelineConfig(
                    "cards",
                    InputConfig.of("in", null, "id", "time", null, null, null, null, null),
                    "fraud",
                    1,
                    BatchConfig.defaults(),
                    new DecisionConfig(0.5),
                    null,
                    false,
                    ScoreFormat.AVRO),
            List.of("AMOUNT"),
            Instant.EPOCH,
            () -> nanos.addAndGet(7),
            meters,
            waiting::add));

    FlightTest() {
        slot.replace(first);
        Event event = new Event("a", 0, new String[0], new double[] {3}, null, null, null);
        Envelope envelope = new Envelope(event, new double[] {3}, new byte[0], 0, 0);
        batch.add(new PendingRow(new Record<>(new byte[0], envelope, 0), envelope, 0, 0));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void aVersionThatWasReplacedLivesUntilItsFlightHasLanded() {
        Flight flight = begin();
        slot.replace(second);

        assertThat(flight.isDone()).isFalse();
        assertThat(retired).isEmpty();
        waiting.remove().run();
        assertThat(flight.isDone()).isTrue();
        assertThat(flight.await()).isEqualTo(7);
        assertThat(flight.lease().model()).isSameAs(first);
        assertThat(retired).isEmpty();
        flight.close();
        assertThat(retired).containsExactly(first);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void aFlightThatIsGivenUpWaitsForItsRun() throws InterruptedException {
        Flight flight = begin();
        CountDownLatch closed = new CountDownLatch(1);
        Thread task = new Thread(() -> {
            flight.close();
            closed.countDown();
        });
        task.start();

        assertThat(closed.await(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(batch.isEmpty()).as("its rows are still read").isFalse();
        waiting.remove().run();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(batch.isEmpty()).isTrue();
        task.join();
    }

    @Test
    void whatTheRunThrewIsThrownToTheTask() {
        batch.clear();
        ModelLease lease = slot.lease().orElseThrow();
        LoadedModel other = TestModels.load(3, TestModels.TWO_ENTITIES, 1, 0);
        try (other) {
            slot.replace(other);
            ModelLease wide = slot.lease().orElseThrow();
            Flight flight = Flight.begin(batch, wide, Runnable::run);

            assertThatThrownBy(flight::await)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("takes 3 features");
            flight.close();
        }
        lease.close();
    }

    private Flight begin() {
        ModelLease lease = slot.lease().orElseThrow();
        batch.prepare(lease.model());
        return Flight.begin(batch, lease, waiting::add);
    }
}
