package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.RankingMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.support.TestModels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of a version follow its labels, and equal those computed from the last examples. */
class PrequentialMetricsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);
    private static final Instant START = Instant.parse("2018-06-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Duration HORIZON = Duration.ofDays(20);

    private final PipelineHarness pipeline = new PipelineHarness(
            InputConfig.of(PipelineHarness.INPUT, null, "id", "time", null, null, null, null, null),
            TestModels.AMOUNT_ONLY,
            TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0),
            LabelsConfig.of(PipelineHarness.FEEDBACK, HORIZON, null, null));

    private boolean closed;

    @AfterEach
    void close() {
        if (!closed) {
            closed = true;
            pipeline.close();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void equalThoseOfTheLastExamplesByVersionAndWindow(long seed) {
        Random random = new Random(seed);
        for (int id = 0; id < 200; id++) {
            if (id == 100) {
                pipeline.slot.replace(TestModels.load(2, TestModels.AMOUNT_ONLY, 0.5f, -1));
            }
            event(id, START.plus(Duration.ofHours(3L * id)), random.nextInt(40) / 10.0 - 2);
            for (int labels = random.nextInt(3); labels > 0; labels--) {
                label(random, random.nextInt(id + 1));
            }
        }
        publish();

        Map<String, Metrics> latest = new HashMap<>();
        pipeline.metrics().forEach(metrics -> latest.put(name(metrics), metrics));
        Map<String, String> decisions =
                pipeline.scores().stream().collect(Collectors.toMap(Score::getEventId, Score::getDecision));
        Map<String, LabelledExample> last = new HashMap<>();
        pipeline.examples().forEach(example -> last.put(example.getEventId(), example));
        assertThat(latest).hasSizeGreaterThanOrEqualTo(6);
        for (Metrics metrics : latest.values()) {
            List<LabelledExample> rows = last.values().stream()
                    .filter(example -> example.getLabel() != null && example.getVersion() == metrics.getVersion())
                    .filter(example -> MetricsWindow.isAll(metrics)
                            || (!example.getEventTime().isBefore(metrics.getWindowStart())
                                    && example.getEventTime().isBefore(metrics.getWindowEnd())))
                    .toList();
            assertEqual(metrics, rows, decisions);
        }
    }

    @Test
    void areWrittenOnlyWhenTheyChange() {
        event(1, START, 1);
        label("1", "FRAUD", START.plusSeconds(60));
        publish();
        assertThat(pipeline.metrics()).hasSize(2);
        publish();
        assertThat(pipeline.metrics()).isEmpty();
        label("1", "LEGITIMATE", START.plusSeconds(120));
        publish();

        assertThat(pipeline.metrics())
                .hasSize(2)
                .allSatisfy(metrics -> assertThat(metrics.getPositives()).isZero())
                .allSatisfy(metrics -> assertThat(metrics.getValues())
                        .doesNotContainKeys("average-precision", "roc-auc", "recall")
                        .containsEntry("label-delay-mean-seconds", 120.0)
                        .containsEntry("false-positive-rate", 1.0)
                        .containsEntry("threshold", 0.5));
    }

    @Test
    void showAsGaugesOverAllAndOverTheLatestCompleteWindow() {
        event(1, START, 1);
        event(2, START.plus(WINDOW), -1);
        label("1", "FRAUD", START.plusSeconds(60));
        label("2", "FRAUD", START.plus(WINDOW).plusSeconds(60));
        publish();

        assertThat(gauge("all", "recall")).isEqualTo(0.5);
        assertThat(gauge("latest", "recall")).isEqualTo(1.0);
    }

    @Test
    void leaveNoGaugeBehindWhenTheTaskGoesElsewhere() {
        event(1, START, 1);
        label("1", "FRAUD", START.plusSeconds(60));
        publish();
        assertThat(pipeline.registry.find("millrace.model.metric").gauges()).isNotEmpty();

        close();

        assertThat(pipeline.registry.find("millrace.model.metric").gauges()).isEmpty();
    }

    private double gauge(String window, String metric) {
        Gauge gauge = pipeline.registry
                .get("millrace.model.metric")
                .tags("pipeline", "fraud", "version", "1", "window", window, "metric", metric)
                .gauge();
        return gauge.value();
    }

    private static String name(Metrics metrics) {
        return metrics.getVersion() + " " + metrics.getWindowStart() + " " + metrics.getWindowEnd();
    }

    private static void assertEqual(Metrics metrics, List<LabelledExample> rows, Map<String, String> decisions) {
        Map<String, Double> values = metrics.getValues();
        boolean[] positives = new boolean[rows.size()];
        int[] decided = new int[4];
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < positives.length; i++) {
            LabelledExample row = rows.get(i);
            positives[i] = "FRAUD".equals(row.getLabel());
            boolean alert = "FRAUD".equals(decisions.get(row.getEventId()));
            decided[(positives[i] ? 2 : 0) + (alert ? 1 : 0)]++;
            delays.add(Duration.between(row.getEventTime(), row.getLabelledAt()).toMillis() / 1000.0);
        }
        ScoredLabels labels = new ScoredLabels(
                rows.stream().mapToDouble(LabelledExample::getScore).toArray(), positives);
        assertThat(metrics.getExamples()).as(name(metrics)).isEqualTo(rows.size());
        assertThat(metrics.getPositives()).isEqualTo(labels.positiveCount());
        if (rows.isEmpty()) {
            assertThat(values).isEmpty();
            return;
        }
        assertThat(values.get("accuracy")).isCloseTo((double) (decided[0] + decided[3]) / rows.size(), EXACT);
        assertThat(values.get("log-loss")).isCloseTo(ProbabilityMetrics.logLoss(labels), EXACT);
        assertThat(values.get("brier")).isCloseTo(ProbabilityMetrics.brier(labels), EXACT);
        assertThat(values.get("label-delay-mean-seconds"))
                .isCloseTo(delays.stream().mapToDouble(d -> d).average().orElseThrow(), EXACT);
        if (labels.positiveCount() > 0) {
            assertThat(values.get("average-precision")).isCloseTo(RankingMetrics.averagePrecision(labels), EXACT);
            assertThat(values.get("recall")).isCloseTo((double) decided[3] / (decided[2] + decided[3]), EXACT);
        }
        if (labels.positiveCount() > 0 && labels.positiveCount() < rows.size()) {
            assertThat(values.get("roc-auc")).isCloseTo(RankingMetrics.rocAuc(labels), EXACT);
            double falsePositives = (double) decided[1] / (decided[0] + decided[1]);
            assertThat(values.get("false-positive-rate")).isCloseTo(falsePositives, EXACT);
            double recall = (double) decided[3] / (decided[2] + decided[3]);
            assertThat(values.get("balanced-accuracy")).isCloseTo((recall + 1 - falsePositives) / 2, EXACT);
        }
        if (decided[1] + decided[3] > 0) {
            assertThat(values.get("precision")).isCloseTo((double) decided[3] / (decided[1] + decided[3]), EXACT);
        }
    }

    private void event(int id, Instant time, double amount) {
        pipeline.send("{\"id\":\"" + id + "\",\"time\":\"" + time + "\",\"amount\":" + amount + "}");
        pipeline.driver.advanceWallClockTime(Duration.ofMillis(10));
    }

    private void label(Random random, int id) {
        Instant at = START.plus(Duration.ofHours(3L * id)).plusSeconds(random.nextInt(1_000_000));
        if (random.nextInt(8) == 0) {
            pipeline.label(
                    Integer.toString(id),
                    "{\"event_id\":\"" + id + "\",\"labelled_at\":\"" + at + "\",\"retracted\":true}");
        } else {
            label(Integer.toString(id), random.nextInt(4) == 0 ? "FRAUD" : "LEGITIMATE", at);
        }
    }

    private void label(String id, String label, Instant at) {
        pipeline.label(id, "{\"event_id\":\"" + id + "\",\"label\":\"" + label + "\",\"labelled_at\":\"" + at + "\"}");
    }

    private void publish() {
        pipeline.driver.advanceWallClockTime(Duration.ofSeconds(6));
    }
}
