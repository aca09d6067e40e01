package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.feed.FeedJson;
import io.millrace.stream.support.TextModels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** From texts to the feed of their subjects, through the whole graph. */
class FeedPipelineTest {
    private static final String FIRST = "ACME/PT5M/2018-08-07T10:00:00Z/1";

    @Test
    void aTextCountsInEachWindowOfItsSubject() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", "ACME", "good film"));
            pipeline.send(TextPipelines.event("b", "2018-08-07T10:02:00Z", "Globex", "bad film"));

            Map<String, FeedPoint> last = last(pipeline);

            assertThat(last)
                    .containsOnlyKeys(
                            FIRST,
                            "ACME/PT1H/2018-08-07T10:00:00Z/1",
                            "ACME/PT24H/2018-08-07T00:00:00Z/1",
                            "Globex/PT5M/2018-08-07T10:00:00Z/1",
                            "Globex/PT1H/2018-08-07T10:00:00Z/1",
                            "Globex/PT24H/2018-08-07T00:00:00Z/1");
            FeedPoint point = point(last, FIRST);
            assertThat(point.getModel()).isEqualTo("mood");
            assertThat(point.getMean()).isCloseTo(2 * TextModels.positive(1, 1) - 1, within(1e-6));
            assertThat(point.getPositive()).isEqualTo(1);
            assertThat(point(last, "Globex/PT5M/2018-08-07T10:00:00Z/1").getNegative())
                    .isEqualTo(1);
        }
    }

    @Test
    void aLateTextCorrectsItsWindowAndACopyWeighsOnce() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", "ACME", "good film"));
            pipeline.send(TextPipelines.event("b", "2018-08-07T10:40:00Z", "ACME", "film"));
            pipeline.send(TextPipelines.event("c", "2018-08-07T10:03:00Z", "ACME", "RT @fan: Good film!"));
            pipeline.send(TextPipelines.event("d", "2018-08-07T10:04:00Z", "ACME", "good  FILM https://x.y/z"));
            pipeline.send(TextPipelines.event("e", "2018-08-07T10:02:00Z", "ACME", "bad film"));

            FeedPoint point = point(last(pipeline), FIRST);

            assertThat(point.getRevision()).isEqualTo(4);
            assertThat(point.getVolume()).isEqualTo(4);
            assertThat(point.getDistinct()).isEqualTo(3); // the copy with an exclamation mark is another text
            assertThat(point.getMean()).isCloseTo((2 * TextModels.positive(1, 1) - 1) / 3, within(1e-6));
            assertThat(pipeline.meters.feed().lateCount()).isZero();
        }
    }

    @Test
    void aNewVersionHasRecordsOfItsOwn() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", "ACME", "good film"));
            pipeline.slot.replace(TextModels.load(2, 3, TextPipelines.MAX_TOKENS));
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", "ACME", "good film"));

            Map<String, FeedPoint> last = last(pipeline);

            assertThat(point(last, FIRST).getMean()).isCloseTo(2 * TextModels.positive(1, 1) - 1, within(1e-6));
            FeedPoint second = point(last, "ACME/PT5M/2018-08-07T10:00:00Z/2");
            assertThat(second.getMean()).isCloseTo(2 * TextModels.positive(3, 1) - 1, within(1e-6));
            assertThat(second.getRevision()).isEqualTo(1);
        }
    }

    @Test
    void whatComesAfterTheGraceIsCountedForTheWindowsItMisses() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", "ACME", "good film"));
            pipeline.send(TextPipelines.event("b", "2018-08-07T11:05:00Z", "ACME", "film"));
            last(pipeline);
            pipeline.send(TextPipelines.event("late", "2018-08-07T10:02:00Z", "ACME", "bad film"));

            assertThat(last(pipeline))
                    .containsOnlyKeys("ACME/PT1H/2018-08-07T10:00:00Z/1", "ACME/PT24H/2018-08-07T00:00:00Z/1");
            assertThat(pipeline.registry
                            .get("millrace.feed.late")
                            .tag("window", "PT5M")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(pipeline.meters.scoredCount()).isEqualTo(3);
        }
    }

    @Test
    void aTextThatNamesNoSubjectIsScoredAndCounted() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "2018-08-07T10:01:00Z", " ", "good film"));
            pipeline.send(TextPipelines.event("b", "2018-08-07T10:01:00Z", "x".repeat(257), "good film"));
            pipeline.send(TextPipelines.event("c", "2018-08-07T10:01:00Z", " ACME ", "good film"));

            assertThat(last(pipeline)).hasSize(3).containsKey(FIRST);
            assertThat(pipeline.meters.feed().withoutSubjectCount()).isEqualTo(2);
            assertThat(pipeline.meters.feed().itemCount()).isEqualTo(1);
            assertThat(pipeline.meters.scoredCount()).isEqualTo(3);
        }
    }

    private static FeedPoint point(Map<String, FeedPoint> last, String key) {
        return Objects.requireNonNull(last.get(key), () -> "no " + key + " in " + last.keySet());
    }

    /** The last record of each key that was written since the last call. */
    private static Map<String, FeedPoint> last(PipelineHarness pipeline) {
        Map<String, FeedPoint> last = new TreeMap<>();
        for (TestRecord<byte[], byte[]> record : pipeline.records(TopicCatalogue.feed("mood"))) {
            last.put(new String(record.key(), StandardCharsets.UTF_8), FeedJson.read(record.value()));
        }
        return last;
    }
}
