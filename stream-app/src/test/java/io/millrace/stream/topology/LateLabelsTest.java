package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Score;
import io.millrace.stream.support.TestModels;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateLabelsTest {
    private static final int SHOP_RISK = 2;

    private final PipelineHarness pipeline =
            new PipelineHarness(TestModels.TWO_ENTITIES, TestModels.load(1, TestModels.TWO_ENTITIES, 1, 0), true);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aLabelRaisesTheRiskOfTheShopFromItsOwnTimeOn() {
        event("1", "2018-08-01T12:00:00Z");
        label("1", "FRAUD", "2018-08-02T10:00:00Z");
        event("2", "2018-08-02T09:59:59Z");
        event("3", "2018-08-02T12:00:00Z");
        event("4", "2018-08-02T12:00:01Z");

        assertThat(risks()).containsExactly(0.0, 0.0, 1.0, 1.0);
    }

    @Test
    void aLabelThatComesBeforeItsEventWaitsForIt() {
        label("1", "FRAUD", "2018-08-01T13:00:00Z");
        event("1", "2018-08-01T12:00:00Z");
        event("2", "2018-08-02T12:30:00Z");

        assertThat(risks()).containsExactly(0.0, 1.0);
    }

    @Test
    void aRetractionTakesALabelBack() {
        event("1", "2018-08-01T12:00:00Z");
        label("1", "FRAUD", "2018-08-01T13:00:00Z");
        pipeline.label("1", "{\"event_id\":\"1\",\"labelled_at\":\"2018-08-01T14:00:00Z\",\"retracted\":true}");
        event("2", "2018-08-02T12:30:00Z");

        assertThat(risks()).containsExactly(0.0, 0.0);
    }

    @Test
    void aNegativeLabelCorrectsAPositiveOne() {
        event("1", "2018-08-01T12:00:00Z");
        label("1", "FRAUD", "2018-08-01T13:00:00Z");
        label("1", "LEGITIMATE", "2018-08-01T14:00:00Z");
        event("2", "2018-08-02T12:30:00Z");

        assertThat(risks()).containsExactly(0.0, 0.0);
    }

    @Test
    void aLabelThatIsNegativeFromTheStartTroublesNoFeature() {
        event("1", "2018-08-01T12:00:00Z");
        label("1", "LEGITIMATE", "2018-08-01T13:00:00Z");

        assertThat(pipeline.meters.labelsSettledCount()).isEqualTo(1);
        assertThat(pipeline.meters.labelsRoutedCount()).isZero();
    }

    @Test
    void labelsThatSayNothingAreDeadLetters() {
        event("1", "2018-08-01T12:00:00Z");
        label("1", "PERHAPS", "2018-08-01T13:00:00Z");
        pipeline.label("1", "garbage");

        assertThat(pipeline.deadReasons()).containsExactly("UNKNOWN_LABEL", "MALFORMED_LABEL");
    }

    private void event(String id, String time) {
        pipeline.send("{\"id\":\"" + id + "\",\"time\":\"" + time
                + "\",\"amount\":1,\"payload\":{\"card\":\"c1\"},\"shop\":\"s1\"}");
    }

    private void label(String id, String label, String at) {
        pipeline.label(id, "{\"event_id\":\"" + id + "\",\"label\":\"" + label + "\",\"labelled_at\":\"" + at + "\"}");
    }

    private List<Double> risks() {
        pipeline.driver.advanceWallClockTime(java.time.Duration.ofSeconds(1));
        return pipeline.scores().stream()
                .map(Score::getFeatures)
                .map(features -> features.get(SHOP_RISK))
                .toList();
    }
}
