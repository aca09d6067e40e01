package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.output.WrongUseException;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.feed.FeedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCommandTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static Path config;

    @BeforeAll
    static void writePoints() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        config = Files.writeString(folder.resolve("millrace.yaml"), """
                pipelines:
                  - name: news
                    input: {topic: texts, id: id, time: at, text: text}
                    feed: {subject: ticker}
                  - name: silent
                    input: {topic: texts, id: id, time: at, text: text}
                    feed: {subject: ticker}
                  - name: fraud
                    input: {topic: transactions, id: id, time: at}
                """);
        TestTopics topics = new TestTopics(broker.bootstrapServers());
        String feed = TopicCatalogue.feed("news");
        topics.create(feed, 1);
        var avro = SingleObject.of(FeedPoint.class, SchemaStore.ofOwn());
        FeedJson json = new FeedJson();
        topics.send(feed, "b", avro.encode(point("Globex", NOON, Duration.ofHours(1), 0.25, 1)));
        topics.send(feed, "a1", avro.encode(point("ACME", NOON, Duration.ofHours(1), 0.5, 1)));
        topics.send(feed, "a0", avro.encode(point("ACME", NOON.minusSeconds(3_600), Duration.ofHours(1), -0.5, 1)));
        topics.send(feed, "m", avro.encode(point("ACME", NOON, Duration.ofMinutes(5), 0.125, 1)));
        topics.send(
                feed,
                "a1",
                json.line(point("ACME", NOON, Duration.ofHours(1), 0.75, 2)).getBytes(StandardCharsets.UTF_8));
        topics.send(feed, "gone", null);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static FeedPoint point(String subject, Instant from, Duration window, double mean, int revision) {
        return new FeedPoint(
                subject, from, from.plus(window), "news", 1, mean, mean, 9L, 8L, 0.625, 0.375, 0.5, false, revision);
    }

    @Test
    void printsEachPointOnceAsItStands() {
        CommandRun run = feed("news");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> line.strip().replaceAll("  +", "|")))
                .containsExactly(
                        "SUBJECT|WINDOW|FROM|VERSION|MEAN|DECAYED MEAN|VOLUME|DISTINCT|POSITIVE|NEGATIVE|DISAGREEMENT|REVISION",
                        "ACME|5m|2026-01-01T12:00:00Z|1|0.125|0.125|9|8|0.625|0.375|0.500|1",
                        "ACME|1h|2026-01-01T11:00:00Z|1|-0.500|-0.500|9|8|0.625|0.375|0.500|1",
                        "ACME|1h|2026-01-01T12:00:00Z|1|0.750|0.750|9|8|0.625|0.375|0.500|2",
                        "Globex|1h|2026-01-01T12:00:00Z|1|0.250|0.250|9|8|0.625|0.375|0.500|1");
    }

    @Test
    void printsWhatIsAskedForAsJsonLines() {
        CommandRun run =
                feed("news", "--json", "--subject", "ACME", "--window", "1h", "--since", "2026-01-01T12:00:00Z");

        assertThat(run.out().lines())
                .containsExactly(new FeedJson().line(point("ACME", NOON, Duration.ofHours(1), 0.75, 2)));
        assertThat(feed("news", "--json", "--model-version", "2").out()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(feed("silent").out()).startsWith("no points yet");
        CommandRun without = feed("fraud");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("pipeline 'fraud' has no feed", "feed: {subject: FIELD}");
        assertThat(feed("news", "--since", "yesterday").err()).contains("--since must be a day", "'yesterday'");
    }

    @Test
    void takesADayATimeOrADurationForSince() {
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

        assertThat(FeedCommand.since("2025-12-31", clock)).isEqualTo("2025-12-31T00:00:00Z");
        assertThat(FeedCommand.since("2025-12-31T01:02:03Z", clock)).isEqualTo("2025-12-31T01:02:03Z");
        assertThat(FeedCommand.since("2h", clock)).isEqualTo("2026-01-01T10:00:00Z");
        assertThatThrownBy(() -> FeedCommand.since("soon", clock)).isInstanceOf(WrongUseException.class);
    }

    private static CommandRun feed(String... arguments) {
        List<String> all = new ArrayList<>(List.of("feed"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString(), "--bootstrap-servers", broker.bootstrapServers()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
