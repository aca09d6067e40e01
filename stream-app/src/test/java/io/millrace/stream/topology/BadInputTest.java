package io.millrace.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.support.TestModels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
    private static final String GOOD = "{\"id\":\"1\",\"time\":\"2018-08-07T10:00:00Z\",\"amount\":2.5}";

    private final PipelineHarness pipeline =
            new PipelineHarness(TestModels.AMOUNT_ONLY, TestModels.load(1, TestModels.AMOUNT_ONLY, 1, 0), false);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NOT_JSON|{\"id\":\"1\"",
                "NOT_JSON|hello",
                "MISSING_FIELD|{\"time\":1,\"amount\":1}",
                "MISSING_FIELD|{\"id\":\"1\",\"time\":1}",
                "MISSING_FIELD|{\"id\":\"1\",\"amount\":1}",
                "WRONG_TYPE|{\"id\":\"1\",\"time\":1,\"amount\":\"12\"}",
                "WRONG_TYPE|{\"id\":\"1\",\"time\":1,\"amount\":{}}",
                "NOT_FINITE|{\"id\":\"1\",\"time\":1,\"amount\":NaN}",
                "BAD_TIME|{\"id\":\"1\",\"time\":\"yesterday\",\"amount\":1}",
                "FUTURE_TIME|{\"id\":\"1\",\"time\":\"2099-01-01T00:00:00Z\",\"amount\":1}"
            })
    void goesToTheDeadLettersWithItsReasonWhileTheRestIsScored(String reason, String json) {
        pipeline.send(json);
        pipeline.send(GOOD);

        var letters = pipeline.deadLetters();
        assertThat(letters).hasSize(1);
        var letter = letters.get(0);
        assertThat(PipelineHarness.header(letter, "millrace.reason")).isEqualTo(reason);
        assertThat(letter.value()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(letter.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
        assertThat(PipelineHarness.header(letter, "__streams.errors.topic")).isEqualTo(PipelineHarness.INPUT);
        assertThat(PipelineHarness.header(letter, "__streams.errors.offset")).isEqualTo("0");
        assertThat(pipeline.scores()).hasSize(1);
        assertThat(pipeline.meters.receivedCount())
                .isEqualTo(pipeline.meters.scoredCount() + pipeline.meters.deadCount());
    }

    @Test
    void aRecordWithoutAValueIsADeadLetter() {
        pipeline.send("key", null);

        assertThat(pipeline.deadReasons()).containsExactly("NULL_VALUE");
    }

    @Test
    void aRecordWithoutAKeyIsScored() {
        pipeline.send(null, GOOD.getBytes(StandardCharsets.UTF_8));

        var scores = pipeline.records(TopicCatalogue.scores("fraud"));
        assertThat(scores).hasSize(1);
        assertThat(scores.get(0).key()).isNull();
    }

    @Test
    void unknownFieldsAndAncientTimesAreScored() {
        pipeline.send("{\"id\":\"1\",\"time\":\"1970-01-01T00:00:01Z\",\"amount\":1,\"extra\":[{\"deep\":[1,2]}]}");

        assertThat(pipeline.scores()).hasSize(1);
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @Test
    void aTwoMegabyteRecordIsScoredByTheFieldsThatCount() {
        String padding = "x".repeat(2 * 1024 * 1024);
        pipeline.send("{\"id\":\"1\",\"note\":\"" + padding + "\",\"time\":1,\"amount\":1}");

        assertThat(pipeline.scores()).hasSize(1);
    }

    @Test
    void aTwoMegabyteRecordThatIsMalformedIsKeptWhole() {
        byte[] broken = ("{\"note\":\"" + "x".repeat(2 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8);
        pipeline.send("key", broken);

        assertThat(pipeline.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo(broken));
    }

    @Test
    void everyRecordIsScoredOrDeadAndInOrder() {
        for (int i = 0; i < 100; i++) {
            if (i % 7 == 0) {
                pipeline.send("garbage");
            } else {
                pipeline.send("{\"id\":\"" + i + "\",\"time\":" + i + ",\"amount\":" + i + "}");
            }
        }
        pipeline.driver.advanceWallClockTime(java.time.Duration.ofSeconds(1));

        List<String> ids = pipeline.scores().stream().map(s -> s.getEventId()).toList();
        assertThat(ids)
                .hasSize(85)
                .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        assertThat(pipeline.deadLetters()).hasSize(15);
    }
}
