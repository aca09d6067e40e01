package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.StreamApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broker adds to bad input: sizes, absent keys and values, and that all is counted on topics. */
class BadInputTest {
    private static final int TWO_MEGABYTES = 2 * 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void whatComesInIsScoredOrDeadLetteredWholeAndNothingIsMissing() {
        byte[] hugeGarbage = "x".repeat(TWO_MEGABYTES).getBytes(StandardCharsets.UTF_8);
        byte[] hugeEvent = ("{\"id\":\"huge\",\"time\":1600000000000,\"note\":\"" + "x".repeat(TWO_MEGABYTES)
                        + "\",\"card\":\"c\",\"shop\":\"s\",\"amount\":1}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] ancient = "{\"id\":\"ancient\",\"time\":1,\"card\":\"c\",\"shop\":\"s\",\"amount\":1}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] future =
                "{\"id\":\"future\",\"time\":\"2999-01-01T00:00:00Z\",\"card\":\"c\",\"shop\":\"s\",\"amount\":1}"
                        .getBytes(StandardCharsets.UTF_8);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            try (StreamApp app = StreamFixture.app(
                    servers, folder.resolve("state"), StreamFixture.pipeline(1, 64, Duration.ofMillis(5)))) {
                app.start();
                StreamFixture.publish(servers, StreamFixture.bundle(1));
                topics.send(StreamFixture.INPUT, "k", hugeGarbage);
                topics.send(StreamFixture.INPUT, "k", hugeEvent);
                topics.send(StreamFixture.INPUT, null, ancient);
                topics.send(StreamFixture.INPUT, "k", future);
                topics.send(StreamFixture.INPUT, "k", null);
                StreamFixture.send(servers, 0, 10);

                await().atMost(Duration.ofSeconds(30))
                        .until(() -> app.meters("fraud").receivedCount() == 15
                                && app.meters("fraud").scoredCount()
                                                + app.meters("fraud").deadCount()
                                        == 15);
            }

            List<ConsumerRecord<byte[], byte[]>> dead = topics.readAll(TopicCatalogue.DEAD_LETTERS);
            assertThat(dead).extracting(BadInputTest::reason).containsExactly("NOT_JSON", "FUTURE_TIME", "NULL_VALUE");
            assertThat(dead.get(0).value()).isEqualTo(hugeGarbage);
            assertThat(ScoreLog.read(topics).scores())
                    .hasSize(12)
                    .anyMatch(score -> score.getEventId().equals("huge"))
                    .anyMatch(score -> score.getEventId().equals("ancient"));
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
    }
}
