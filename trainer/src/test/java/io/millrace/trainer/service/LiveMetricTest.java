package io.millrace.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Metrics;
import io.millrace.trainer.config.GateMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LiveMetricTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private final LiveMetric metric = new LiveMetric("fraud", GateMetric.AVERAGE_PRECISION, 20);

    @Test
    void theLatestWindowWithEnoughPositivesSpeaksForAVersion() {
        apply(3, MONDAY, 50, 0.7);
        apply(3, MONDAY.plus(Duration.ofDays(7)), 30, 0.6);
        apply(3, MONDAY.plus(Duration.ofDays(14)), 19, 0.1);
        apply(4, MONDAY, 50, 0.9);

        assertThat(metric.of(3)).isEqualTo(0.6);
        assertThat(metric.of(4)).isEqualTo(0.9);
        assertThat(metric.of(5)).isNull();
    }

    @Test
    void whatIsOverAllTimeOrOfAnotherModelOrUnreadableDoesNotSpeak() {
        metric.apply(record(new Metrics(
                "fraud",
                "fraud",
                3,
                MetricsWindow.ALL_START,
                MetricsWindow.ALL_END,
                1_000L,
                500L,
                Map.of("average-precision", 0.5))));
        metric.apply(record(new Metrics(
                "fraud",
                "other",
                3,
                MONDAY,
                MONDAY.plus(Duration.ofDays(7)),
                1_000L,
                500L,
                Map.of("average-precision", 0.5))));
        metric.apply(new ConsumerRecord<>("fraud.metrics", 0, 0, new byte[0], new byte[] {1, 2}));

        assertThat(metric.of(3)).isNull();
    }

    @Test
    void theHoldOutOfALineageIsWhatWasPromised() {
        assertThat(metric.promised(Map.of("hold-out-average-precision", "0.71234")))
                .isEqualTo(0.71234);
        assertThat(metric.promised(Map.of("hold-out-average-precision", "good")))
                .isNull();
        assertThat(metric.promised(Map.of())).isNull();
        assertThat(new LiveMetric("fraud", GateMetric.LOG_LIKELIHOOD, 1).promised(Map.of("hold-out-log-loss", "0.2")))
                .isEqualTo(-0.2);
    }

    private void apply(int version, Instant start, long positives, double value) {
        metric.apply(record(new Metrics(
                "fraud",
                "fraud",
                version,
                start,
                start.plus(Duration.ofDays(7)),
                1_000L,
                positives,
                Map.of("average-precision", value))));
    }

    private static ConsumerRecord<byte[], byte[]> record(Metrics metrics) {
        return new ConsumerRecord<>(
                "fraud.metrics",
                0,
                0,
                new byte[0],
                SingleObject.of(Metrics.class, SchemaStore.ofOwn()).encode(metrics));
    }
}
