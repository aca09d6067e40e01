package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Score;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes as a text is scored or a dead letter with its reason; what was cut says so. */
class BadTextTest {
    private static final int MEGABYTE = 1 << 20;

    private final PipelineHarness pipeline = TextPipelines.plain();

    @AfterEach
    void everyRecordIsAccountedFor() {
        assertThat(pipeline.meters.receivedCount())
                .isPositive()
                .isEqualTo(pipeline.meters.scoredCount() + pipeline.meters.deadCount());
        pipeline.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MISSING_FIELD|\"\"",
                "MISSING_FIELD|\" \\t\\n \"",
                "MISSING_FIELD|null",
                "NOT_SCORABLE|\"\\u0001\\u0007\\u0000\"",
                "NOT_SCORABLE|\"\\ud83d\"",
                "WRONG_TYPE|12",
                "WRONG_TYPE|{\"en\":\"good\"}",
                "WRONG_TYPE|[\"good\"]",
                "WRONG_TYPE|true"
            })
    void whatIsNoTextIsADeadLetterWhileTheRestIsScored(String reason, String text) {
        pipeline.send("{\"id\":\"1\",\"time\":1,\"text\":" + text + "}");
        pipeline.send(TextPipelines.event("2", "good"));

        assertThat(pipeline.deadReasons()).containsExactly(reason);
        assertThat(pipeline.scores()).extracting(Score::getEventId).containsExactly("2");
    }

    @Test
    void aRecordWithoutTheFieldOrWithoutAValueIsADeadLetter() {
        pipeline.send("{\"id\":\"1\",\"time\":1}");
        pipeline.send("key", null);

        assertThat(pipeline.deadReasons()).containsExactly("MISSING_FIELD", "NULL_VALUE");
    }

    @Test
    void invalidUtf8IsADeadLetterWithItsOwnBytes() {
        byte[] bytes = TextPipelines.event("1", "g??d").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xC3 : bytes[i];
        }

        pipeline.send("key", bytes);

        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(PipelineHarness.header(letter, "millrace.reason")).isEqualTo("NOT_JSON");
            assertThat(letter.value()).isEqualTo(bytes);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "emoji|😀😀🎉",
                "Cyrillic|Это прекрасный фильм",
                "Chinese|这部电影很好",
                "Arabic|فيلم رائع",
                "HTML|<p>good &amp; <b>bold</b></p><script>alert(1)</script>",
                "control characters within|go\\u0000od \\u0007film",
                "half of a pair within|good \\ud83d film",
                "an escape|good\\\\\\\"film"
            })
    void whateverElseComesIsScored(String kind, String text) {
        pipeline.send(TextPipelines.event("1", text));

        assertThat(pipeline.deadReasons()).as(kind).isEmpty();
        List<Score> scores = pipeline.scores();
        assertThat(scores).as(kind).hasSize(1);
        assertThat(scores.get(0).getSignedScore()).isBetween(-1.0, 1.0);
        assertThat(scores.get(0).getTruncated()).isEqualTo(kind.equals("HTML"));
    }

    @Test
    void ofAMegabyteTheBeginningIsScoredAndTheScoreSaysSo() {
        pipeline.send(TextPipelines.event("1", "good film ".repeat(MEGABYTE / 10)));

        assertThat(pipeline.scores()).singleElement().satisfies(score -> {
            assertThat(score.getTruncated()).isTrue();
            assertThat(score.getLabel()).isEqualTo("positive");
        });
        assertThat(pipeline.meters.texts().truncatedCount()).isEqualTo(1);
    }

    @Test
    void aMegabyteThatIsASingleWordIsReadWhole() {
        pipeline.send(TextPipelines.event("1", "x".repeat(MEGABYTE)));

        assertThat(pipeline.scores())
                .singleElement()
                .satisfies(score -> assertThat(score.getTruncated()).isFalse());
    }

    @Test
    void aTextThatTheModelCannotRunOverIsADeadLetterAlone() {
        pipeline.send(TextPipelines.event("1", "good"));
        pipeline.send(TextPipelines.event("2", "a broken film"));
        pipeline.send(TextPipelines.event("3", "bad"));

        assertThat(pipeline.scores()).extracting(Score::getEventId).containsExactly("1", "3");
        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(PipelineHarness.header(letter, "millrace.reason")).isEqualTo("NOT_SCORABLE");
            assertThat(PipelineHarness.header(letter, "__streams.errors.message"))
                    .contains("mood@1 failed")
                    .doesNotContain("film");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("a broken film");
        });
    }
}
