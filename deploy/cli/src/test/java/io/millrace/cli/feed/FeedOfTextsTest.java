package io.millrace.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.feed.FeedView;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From texts on a real broker to the feed, asked for in the running stream and read from its topic. */
class FeedOfTextsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TEXTS = 400;

    @TempDir
    private Path folder;

    @Test
    void theRunningStreamSaysWhatTheTopicSaysAcrossARestart() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            List<FeedPoint> before;
            try (StreamApp app = NewsPipeline.start(servers, folder.resolve("state"))) {
                NewsPipeline.publish(servers);
                awaitRunning(app);
                send(servers, 0, TEXTS / 2);
                before = awaitVolume(servers, TEXTS / 2);
            }
            try (StreamApp app = NewsPipeline.start(servers, folder.resolve("state"))) {
                awaitRunning(app);
                send(servers, TEXTS / 2, TEXTS);
                List<FeedPoint> after = awaitVolume(servers, TEXTS);

                FeedView view = app.feed(FeedFixture.PIPELINE).orElseThrow();
                assertThat(view.subjects()).containsExactly("ACME", "Globex");
                List<FeedPoint> asked = new ArrayList<>();
                view.subjects().forEach(subject -> asked.addAll(view.series(subject, HOUR, START, START.plus(HOUR))));
                assertThat(asked).isEqualTo(after);
                assertThat(view.latest("ACME")).contains(after.get(0)).hasSize(2);
                for (int i = 0; i < after.size(); i++) {
                    assertThat(after.get(i).getRevision())
                            .isGreaterThan(before.get(i).getRevision());
                }
                // Half of the texts say "good" and half "bad", each of them once.
                assertThat(after.get(0).getMean()).isZero();
                assertThat(after.get(0).getPositive()).isEqualTo(0.5);
                assertThat(after.get(0).getDistinct()).isEqualTo(TEXTS / 2);
            }
        }
    }

    /** Texts of one hour, in turn about two subjects. */
    private static void send(String servers, int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add("{\"id\":%d,\"at\":\"%s\",\"about\":\"%s\",\"text\":\"text %d is %s\"}"
                    .formatted(
                            i,
                            START.plusSeconds(i),
                            i % 2 == 0 ? "ACME" : "Globex",
                            i,
                            i / 2 % 2 == 0 ? "good" : "bad"));
        }
        new TestTopics(servers).sendTexts(NewsPipeline.INPUT, texts);
    }

    private static void awaitRunning(StreamApp app) {
        await().atMost(Duration.ofMinutes(2)).until(() -> app.state(FeedFixture.PIPELINE) == PipelineState.RUNNING);
    }

    private static List<FeedPoint> awaitVolume(String servers, int volume) {
        FeedQuery hours = new FeedQuery(Set.of(), HOUR, null, Instant.MIN);
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            try (FeedTopic topic =
                                    new FeedTopic(Map.of("bootstrap.servers", servers), FeedFixture.FEED, hours)) {
                                return topic.points();
                            }
                        },
                        points ->
                                points.stream().mapToLong(FeedPoint::getVolume).sum() >= volume);
    }
}
