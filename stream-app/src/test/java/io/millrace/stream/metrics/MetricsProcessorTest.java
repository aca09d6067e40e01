package io.millrace.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.MetricsConfig;
import io.millrace.stream.event.Judgement;
import io.millrace.stream.event.Judgement.Truth;
import io.millrace.stream.event.Judgements;
import io.millrace.stream.event.JudgementsSerde;
import io.millrace.stream.runtime.PipelineMeters;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsProcessorTest {
    private static final Duration HORIZON = Duration.ofDays(35);
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final long START_MILLIS = 1_600_000_000_000L;

    private final PipelineMeters meters = new PipelineMeters(new SimpleMeterRegistry(), "fraud");
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<byte[], Judgements> judgements =
            driver.createInputTopic("judgements", new ByteArraySerializer(), new JudgementsSerde().serializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aCorrectionFromAPartitionThatIsFarBehindStopsNothing() {
        judge(Duration.ZERO, Truth.UNKNOWN, Truth.POSITIVE);
        judge(Duration.ofDays(60), Truth.UNKNOWN, Truth.NEGATIVE);
        driver.advanceWallClockTime(Duration.ofSeconds(6)); // the first window is forgotten

        judge(Duration.ZERO, Truth.POSITIVE, Truth.NEGATIVE);
        judge(Duration.ofDays(60), Truth.NEGATIVE, Truth.POSITIVE);

        assertThat(meters.versions().forgottenCount()).isEqualTo(1);
    }

    private void judge(Duration sinceStart, Truth before, Truth now) {
        Judgement judgement =
                new Judgement(1, START_MILLIS + sinceStart.toMillis(), 0.7f, 0.5, true, before, 1_000, now, 2_000);
        judgements.pipeInput(new byte[] {0}, new Judgements(List.of(judgement)));
    }

    private TopologyTestDriver driver() {
        var settings = new MetricsProcessor.Settings(
                "fraud",
                "fraud",
                new MetricsConfig(WINDOW, Duration.ofSeconds(5), 100),
                HORIZON,
                "groups",
                "unwritten",
                () -> 0,
                meters.versions());
        Topology topology = new Topology()
                .addSource("read", new ByteArrayDeserializer(), new JudgementsSerde().deserializer(), "judgements")
                .addProcessor("metrics", () -> new MetricsProcessor(settings), "read")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("groups"), Serdes.ByteArray(), Serdes.ByteArray()),
                        "metrics")
                .addStateStore(new CommitHook.Builder("unwritten"), "metrics");
        return new TopologyTestDriver(topology, new Properties());
    }
}
