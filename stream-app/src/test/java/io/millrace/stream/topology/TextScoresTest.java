package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.support.TextModels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a score of a text says. */
class TextScoresTest {

    @Test
    void aScoreHasALabelASignedScoreAndTheNamesOfTheClasses() {
        try (PipelineHarness pipeline = TextPipelines.plain()) {
            pipeline.send(TextPipelines.event("a", "Good, good film!"));
            pipeline.send(TextPipelines.event("b", "BAD"));

            List<Score> scores = pipeline.scores();
            Score good = scores.get(0);
            double positive = TextModels.positive(1, 2);
            assertThat(good.getLabel()).isEqualTo("positive").isEqualTo(good.getDecision());
            assertThat(good.getScore()).isCloseTo(positive, within(1e-6));
            assertThat(good.getSignedScore()).isCloseTo(2 * positive - 1, within(1e-6));
            assertThat(good.getClasses()).isEqualTo(TextModels.CLASSES);
            assertThat(good.getProbabilities().get(0)).isCloseTo(1 - positive, within(1e-6));
            assertThat(good.getTruncated()).isFalse();
            assertThat(good.getFeatures()).isNull();
            assertThat(scores.get(1).getLabel()).isEqualTo("negative");
            assertThat(scores.get(1).getSignedScore()).isNegative();
            assertThat(pipeline.records(TopicCatalogue.alerts("mood"))).isEmpty();
        }
    }

    @Test
    void asJsonAScoreIsOneLine() {
        try (PipelineHarness pipeline = TextPipelines.json()) {
            pipeline.send(TextPipelines.event("a", "film"));
            pipeline.send(TextPipelines.event("b", "film ".repeat(20)));

            assertThat(pipeline.records(TopicCatalogue.scores("mood")))
                    .extracting(score -> new String(score.value(), StandardCharsets.UTF_8))
                    .containsExactly(
                            "{\"id\":\"a\",\"time\":\"2018-08-07T10:00:00Z\",\"model\":\"mood\",\"version\":1,"
                                    + "\"label\":\"positive\",\"score\":0.0,"
                                    + "\"probabilities\":{\"negative\":0.5,\"positive\":0.5}}",
                            "{\"id\":\"b\",\"time\":\"2018-08-07T10:00:00Z\",\"model\":\"mood\",\"version\":1,"
                                    + "\"label\":\"positive\",\"score\":0.0,"
                                    + "\"probabilities\":{\"negative\":0.5,\"positive\":0.5},\"truncated\":true}");
        }
    }

    @Test
    void aTextReachesTheFeedOfItsSubject() {
        try (PipelineHarness pipeline = TextPipelines.withFeed()) {
            pipeline.send(TextPipelines.event("a", "good film"));
            pipeline.driver.advanceWallClockTime(Duration.ofMinutes(1));

            assertThat(pipeline.records(TopicCatalogue.feed("mood")))
                    .isNotEmpty()
                    .allSatisfy(point -> {
                        assertThat(new String(point.key(), StandardCharsets.UTF_8))
                                .startsWith("web/");
                        assertThat(new String(point.value(), StandardCharsets.UTF_8))
                                .contains("\"web\"");
                    });
            assertThat(pipeline.records(TopicCatalogue.scores("mood")))
                    .singleElement()
                    .satisfies(score -> assertThat(new String(score.value(), StandardCharsets.UTF_8))
                            .contains("\"subject\":\"web\""));
            assertThat(pipeline.meters.feed().itemCount()).isEqualTo(1);
        }
    }

    @Test
    void afterASwapTheNewVersionAnswersForTextsThatTheOldOneKnew() {
        try (PipelineHarness pipeline = TextPipelines.plain()) {
            pipeline.send(TextPipelines.event("1", "good"));
            pipeline.send(TextPipelines.event("2", "good"));
            pipeline.slot.replace(TextModels.load(2, 3, TextPipelines.MAX_TOKENS));
            pipeline.send(TextPipelines.event("3", "good"));

            List<Score> scores = pipeline.scores();
            assertThat(scores).extracting(Score::getVersion).containsExactly(1, 1, 2);
            assertThat(scores.get(1).getScore()).isEqualTo(scores.get(0).getScore());
            assertThat(scores.get(2).getScore()).isCloseTo(TextModels.positive(3, 1), within(1e-6));
            assertThat(pipeline.meters.texts().repeatedCount()).isEqualTo(1);
            assertThat(pipeline.activations())
                    .extracting(Activation::getVersion)
                    .containsExactly(1, 2);
        }
    }
}
