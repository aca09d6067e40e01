package io.millrace.stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.StrictYaml;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsConfigTest {
    private static final String PIPELINE = "{name: p, input: {topic: t, id: i, time: at}";

    @Test
    void segmentsAreAFieldAloneOrWithBands() {
        assertThat(labels("{segment: {field: country}}").segment()).isEqualTo(new SegmentConfig("country", List.of()));
        assertThat(labels("{segment: {field: amount, bands: [50, 220.5]}}").segment())
                .isEqualTo(new SegmentConfig("amount", List.of(50.0, 220.5)));
        assertThat(labels("{horizon: 120d}").segment()).isNull();
    }

    @Test
    void bandsMustRise() {
        assertThatThrownBy(() -> labels("{segment: {field: amount, bands: [50, 50]}}"))
                .hasMessageContaining("labels.segment")
                .hasMessageContaining("rise");
    }

    @Test
    void aSegmentNeedsAField() {
        assertThatThrownBy(() -> labels("{segment: {bands: [50]}}")).hasMessageContaining("field is missing");
    }

    @Test
    void metricsHaveDefaultsAndBounds() {
        assertThat(pipeline("").metrics()).isEqualTo(new MetricsConfig(Duration.ofDays(7), Duration.ofSeconds(5), 100));
        assertThat(pipeline(", metrics: {window: 1d, every: 1s, k: 7}").metrics())
                .isEqualTo(new MetricsConfig(Duration.ofDays(1), Duration.ofSeconds(1), 7));
        assertThatThrownBy(() -> pipeline(", metrics: {window: 1s}")).hasMessageContaining("window must be from 1m");
        assertThatThrownBy(() -> pipeline(", metrics: {every: 1ms}")).hasMessageContaining("every must be from 100ms");
        assertThatThrownBy(() -> pipeline(", metrics: {k: 0}")).hasMessageContaining("k must be from 1");
    }

    private static LabelsConfig labels(String yaml) {
        LabelsConfig labels = pipeline(", labels: " + yaml).labels();
        if (labels == null) {
            throw new AssertionError("no labels");
        }
        return labels;
    }

    private static PipelineConfig pipeline(String more) {
        return StrictYaml.read(PIPELINE + more + "}", PipelineConfig.class, "test");
    }
}
