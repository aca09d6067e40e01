package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.SegmentConfig;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.LabelBalance;
import io.millrace.stream.support.TestModels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a label, whenever it comes; and that each one is accounted for. */
class LabelJoinTest {
    private static final Duration HORIZON = Duration.ofDays(10);

    private final PipelineHarness pipeline = new PipelineHarness(
            InputConfig.of(PipelineHarness.INPUT, null, "id", "time", null, null, null, null, null),
            TestModels.AMOUNT_ONLY,
            TestModels.load(7, TestModels.AMOUNT_ONLY, 1, 0),
            LabelsConfig.of(
                    PipelineHarness.FEEDBACK, HORIZON, null, null, new SegmentConfig("amount", List.of(50.0, 220.0))));

    @AfterEach
    void everyLabelIsAccountedFor() {
        assertThat(balance().unaccounted()).as("unaccounted: %s", balance()).isZero();
        pipeline.close();
    }

    @Test
    void aLabelMakesAnExampleOfTheEventAsItWasScored() {
        event("1", "2018-08-01T12:00:00Z", 3);
        label("1", "fraud", "2018-08-03T10:00:00Z", "\"weight\":2.5,\"source\":\"chargeback\"");

        LabelledExample example = pipeline.examples().get(0);
        Score score = pipeline.scores().get(0);
        assertThat(example.getEventId()).isEqualTo("1");
        assertThat(example.getEventTime()).isEqualTo(Instant.parse("2018-08-01T12:00:00Z"));
        assertThat(example.getFeatures()).containsExactly(3f);
        assertThat(example.getFeatureSet()).isEqualTo(TestModels.AMOUNT_ONLY.hash());
        assertThat(example.getLabel()).isEqualTo("FRAUD");
        assertThat(example.getLabelSource()).isEqualTo("chargeback");
        assertThat(example.getLabelledAt()).isEqualTo(Instant.parse("2018-08-03T10:00:00Z"));
        assertThat(example.getReceivedAt()).isEqualTo(PipelineHarness.NOW);
        assertThat(example.getWeight()).isEqualTo(2.5);
        assertThat(example.getScore()).isEqualTo(score.getScore());
        assertThat(example.getModel()).isEqualTo("fraud");
        assertThat(example.getVersion()).isEqualTo(7);
        assertThat(example.getSegment()).isEqualTo("<50");
    }

    @Test
    void theExampleIsKeyedByItsEvent() {
        event("1", "2018-08-01T12:00:00Z", 3);
        label("1", "FRAUD", "2018-08-03T10:00:00Z");

        assertThat(pipeline.records(TopicCatalogue.examples("fraud")))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("1");
    }

    @Test
    void theSameLabelTwiceCountsOnce() {
        event("1", "2018-08-01T12:00:00Z", 1);
        label("1", "FRAUD", "2018-08-03T10:00:00Z");
        label("1", "fraud", "2018-08-03T10:00:00Z");

        assertThat(pipeline.examples()).hasSize(1);
        assertThat(balance().settled()).isEqualTo(1);
        assertThat(balance().duplicate()).isEqualTo(1);
    }

    @Test
    void aLaterLabelCorrectsAndAnEarlierOneChangesNothing() {
        event("1", "2018-08-01T12:00:00Z", 1);
        label("1", "FRAUD", "2018-08-03T10:00:00Z");
        label("1", "LEGITIMATE", "2018-08-04T10:00:00Z");
        label("1", "FRAUD", "2018-08-03T12:00:00Z");

        assertThat(pipeline.examples()).extracting(LabelledExample::getLabel).containsExactly("FRAUD", "LEGITIMATE");
        assertThat(balance().superseded()).isEqualTo(1);
    }

    @Test
    void aRetractionMakesAnExampleWithoutALabelAndALaterLabelGivesItOneAgain() {
        event("1", "2018-08-01T12:00:00Z", 1);
        label("1", "FRAUD", "2018-08-03T10:00:00Z");
        pipeline.label("1", "{\"event_id\":\"1\",\"labelled_at\":\"2018-08-04T10:00:00Z\",\"retracted\":true}");
        label("1", "LEGITIMATE", "2018-08-05T10:00:00Z");

        assertThat(pipeline.examples())
                .extracting(LabelledExample::getLabel)
                .containsExactly("FRAUD", null, "LEGITIMATE");
    }

    @Test
    void anEarlyLabelWaitsForItsEventAndKeepsTheTimeOfItsArrival() {
        label("1", "FRAUD", "2018-08-03T10:00:00Z");
        assertThat(balance().waiting()).isEqualTo(1);
        event("1", "2018-08-01T12:00:00Z", 1);

        assertThat(pipeline.examples())
                .extracting(LabelledExample::getReceivedAt)
                .containsExactly(PipelineHarness.NOW);
        assertThat(balance().waiting()).isZero();
        assertThat(balance().settled()).isEqualTo(1);
    }

    @Test
    void ofSeveralEarlyLabelsTheLatestWinsWhateverTheirOrder() {
        label("1", "FRAUD", "2018-08-03T10:00:00Z");
        label("1", "LEGITIMATE", "2018-08-04T10:00:00Z");
        label("1", "FRAUD", "2018-08-02T10:00:00Z");
        label("1", "LEGITIMATE", "2018-08-04T10:00:00Z");
        event("1", "2018-08-01T12:00:00Z", 1);

        assertThat(pipeline.examples()).extracting(LabelledExample::getLabel).containsExactly("LEGITIMATE");
        assertThat(balance().superseded()).isEqualTo(2);
        assertThat(balance().duplicate()).isEqualTo(1);
    }

    @Test
    void aLabelWhoseEventNeverComesIsOrphanedAsItWasWhenTheHorizonHasPassed() {
        String unknown = "{\"event_id\":\"nobody\",\"label\":\"FRAUD\",\"labelled_at\":\"2018-07-02T00:00:00Z\"}";
        event("1", "2018-07-01T00:00:00Z", 1);
        pipeline.label("nobody", unknown);
        event("2", "2018-07-11T23:59:59Z", 1);
        assertThat(orphans()).isEmpty();
        event("3", "2018-07-12T00:00:00Z", 1);

        TestRecord<byte[], byte[]> orphan = orphans().get(0);
        assertThat(orphan.key()).isEqualTo("nobody".getBytes(StandardCharsets.UTF_8));
        assertThat(orphan.value()).isEqualTo(unknown.getBytes(StandardCharsets.UTF_8));
        assertThat(PipelineHarness.header(orphan, DeadLetters.REASON)).isEqualTo("NO_SUCH_EVENT");
        assertThat(balance().orphaned()).isEqualTo(1);
        assertThat(balance().waiting()).isZero();
    }

    @Test
    void theHorizonOfALabelThatSaysWhenItsEventWasCountsFromThere() {
        event("1", "2018-07-01T00:00:00Z", 1);
        label("nobody", "FRAUD", "2018-07-05T00:00:00Z", "\"event_time\":\"2018-07-01T00:00:00Z\"");
        event("2", "2018-07-11T00:00:00Z", 1);

        assertThat(orphans()).hasSize(1);
    }

    @Test
    void aLabelForAForgottenEventIsOrphanedAtOnce() {
        event("old", "2018-07-01T00:00:00Z", 1);
        event("new", "2018-07-11T00:00:00Z", 1);
        label("old", "FRAUD", "2018-07-10T00:00:00Z", "\"event_time\":\"2018-07-01T00:00:00Z\"");

        assertThat(pipeline.examples()).isEmpty();
        assertThat(orphans())
                .extracting(orphan -> PipelineHarness.header(orphan, DeadLetters.REASON))
                .containsExactly("BEYOND_HORIZON");
    }

    @Test
    void aLabelJustWithinTheHorizonIsSettledWithOrWithoutTheTimeOfItsEvent() {
        event("a", "2018-07-01T00:00:01Z", 1);
        event("b", "2018-07-01T00:00:01Z", 1);
        event("new", "2018-07-11T00:00:00Z", 1);
        label("a", "FRAUD", "2018-07-10T00:00:00Z", "\"event_time\":\"2018-07-01T00:00:01Z\"");
        label("b", "FRAUD", "2018-07-10T00:00:00Z");

        assertThat(pipeline.examples()).hasSize(2);
    }

    @Test
    void anEventOlderThanTheHorizonStillMeetsTheLabelThatWaitsForIt() {
        label("old", "FRAUD", "2018-07-08T00:00:00Z");
        event("new", "2018-07-15T00:00:00Z", 1);
        event("old", "2018-07-01T00:00:00Z", 1);

        assertThat(pipeline.examples()).hasSize(1);
        assertThat(pipeline.meters.labels().eventsForgottenCount()).isEqualTo(1);
    }

    @Test
    void deadLettersAreAccountedForToo() {
        pipeline.label("1", "garbage");
        label("1", "PERHAPS", "2018-07-08T00:00:00Z");
        label("1", "FRAUD", "2018-07-08T00:00:00Z", "\"weight\":-1");

        assertThat(pipeline.deadReasons()).containsExactly("MALFORMED_LABEL", "UNKNOWN_LABEL", "MALFORMED_LABEL");
        assertThat(balance().dead()).isEqualTo(3);
    }

    private LabelBalance balance() {
        return pipeline.meters.labels().balance();
    }

    private List<TestRecord<byte[], byte[]>> orphans() {
        return pipeline.records(TopicCatalogue.orphans("fraud"));
    }

    private void event(String id, String time, int amount) {
        pipeline.send("{\"id\":\"" + id + "\",\"time\":\"" + time + "\",\"amount\":" + amount + "}");
        pipeline.driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private void label(String id, String label, String at) {
        label(id, label, at, "\"source\":\"test\"");
    }

    private void label(String id, String label, String at, String more) {
        pipeline.label(
                id,
                "{\"event_id\":\"" + id + "\",\"label\":\"" + label + "\",\"labelled_at\":\"" + at + "\"," + more
                        + "}");
    }
}
