package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the stream for real, with rows in its batches and versions on their way, and counts what comes out. */
class ExactlyOnceTest {
    private static final int EVENTS = 40_000;
    private static final int KILLS = 4;
    private static final long SEED = 20_261_124;

    @TempDir
    private Path folder;

    @Test
    void eachEventHasOneScoreAndCountsOnceThoughTheProcessIsKilledAgainAndAgain() throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            StreamFixture.createTopics(servers, 2);
            ChildJvm child = child(servers);
            try {
                StreamFixture.publish(servers, StreamFixture.bundle(0.1f));
                int sent = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    int until = EVENTS * (kill + 1) / (KILLS + 1);
                    StreamFixture.send(servers, sent, until);
                    sent = until;
                    long goal = topics.endOffset(StreamFixture.SCORES) + 200 + random.nextInt(5_000);
                    ChildJvm running = child;
                    await().atMost(Duration.ofSeconds(60)).until(() -> {
                        running.requireAlive();
                        return topics.endOffset(StreamFixture.SCORES) >= goal;
                    });
                    StreamFixture.publish(servers, StreamFixture.bundle(0.2f + 0.1f * kill));
                    child.kill();
                    child = child(servers);
                }
                StreamFixture.send(servers, sent, EVENTS);
                await().atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> topics.readAll(StreamFixture.SCORES).size() >= EVENTS);
            } finally {
                child.close();
            }
            ScoreLog log = ScoreLog.read(topics);
            log.assertEachEventScoredOnce(EVENTS);
            log.assertFeaturesCountedEachEventOnce();
            log.assertOrderOfEachKeyKept();
            log.assertVersionsMatchActivations();
            assertThat(log.versions()).as("versions that scored").isGreaterThan(2);
        }
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                StreamChild.class,
                Path.of("target", "exactly-once-stream.log"),
                servers,
                folder.resolve("state").toString());
    }
}
