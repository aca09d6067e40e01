package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.support.TextModels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels of texts become examples with what the model read. */
class TextLabelsTest {
    private final PipelineHarness pipeline = TextPipelines.labelled();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aLabelMakesAnExampleOfTheTextAsItWasScored() {
        pipeline.send(TextPipelines.event("1", "Good film"));
        label("1", "POSITIVE", 8);

        LabelledExample example = pipeline.examples().get(0);
        Score score = pipeline.scores().get(0);
        assertThat(example.getText()).isEqualTo("Good film");
        assertThat(example.getFeatures()).isNull();
        assertThat(example.getFeatureSet()).isNull();
        assertThat(example.getLabel()).isEqualTo("positive");
        assertThat(example.getScore()).isCloseTo(score.getScore(), within(1e-6));
        assertThat(example.getModel()).isEqualTo("mood");
        assertThat(example.getVersion()).isEqualTo(7);
        assertThat(example.getSegment()).isEqualTo("web");
    }

    @Test
    void anEarlyLabelWaitsForItsText() {
        label("1", "negative", 8);
        pipeline.send(TextPipelines.event("1", "bad"));

        assertThat(pipeline.examples()).singleElement().satisfies(example -> {
            assertThat(example.getText()).isEqualTo("bad");
            assertThat(example.getLabel()).isEqualTo("negative");
        });
    }

    @Test
    void aLaterLabelCorrectsTheExampleAndTheMetrics() {
        pipeline.send(TextPipelines.event("1", "good"));
        label("1", "negative", 8);
        label("1", "positive", 9);
        pipeline.driver.advanceWallClockTime(Duration.ofMinutes(1));

        List<LabelledExample> examples = pipeline.examples();
        assertThat(examples).extracting(LabelledExample::getLabel).containsExactly("negative", "positive");
        assertThat(examples).extracting(LabelledExample::getText).containsOnly("good");
        List<Metrics> metrics = pipeline.metrics();
        Metrics last = metrics.get(metrics.size() - 1);
        assertThat(last.getExamples()).isEqualTo(1);
        assertThat(last.getPositives()).isEqualTo(1);
        assertThat(last.getValues())
                .hasEntrySatisfying(
                        "log-loss",
                        loss -> assertThat(loss).isCloseTo(-Math.log(TextModels.positive(1, 1)), within(1e-5)));
    }

    @Test
    void ofALongTextOnlyWhatTheModelReadIsKept() {
        pipeline.send(TextPipelines.event("1", "good ".repeat(200_000)));
        pipeline.send(TextPipelines.event("2", "x".repeat(1 << 20)));
        label("1", "positive", 8);
        label("2", "negative", 8);

        assertThat(pipeline.examples().get(0).getText())
                .isEqualTo("good ".repeat(14).strip());
        assertThat(pipeline.scores()).extracting(Score::getTruncated).containsExactly(true, false);
    }

    @Test
    void anUnknownWordOfAMegabyteIsNotKeptWhole() {
        pipeline.send(TextPipelines.event("1", "x".repeat(1 << 20)));
        label("1", "negative", 8);

        assertThat(pipeline.examples().get(0).getText()).isEqualTo("x".repeat(16_384));
    }

    private void label(String id, String label, int day) {
        pipeline.label(
                id,
                "{\"event_id\":\"" + id + "\",\"label\":\"" + label + "\",\"labelled_at\":\"2018-08-0" + day
                        + "T10:00:00Z\"}");
    }
}
