package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapUnderLoadTest {
    private static final int VERSIONS = 50;
    private static final int SENT_AT_ONCE = 500;

    @TempDir
    private Path folder;

    @Test
    void fiftyVersionsTakeOverWhileRecordsFlowAndNoneIsLostOrOutOfOrder() throws Exception {
        long openBefore = LoadedModel.openSessions();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            topics.create(StreamFixture.INPUT, 2);
            AtomicInteger sent = new AtomicInteger();
            try (StreamApp app = StreamFixture.app(
                    servers, folder.resolve("state"), StreamFixture.pipeline(2, 64, Duration.ofMillis(5)))) {
                app.start();
                StreamFixture.publish(servers, StreamFixture.bundle(0));
                await().atMost(Duration.ofSeconds(30)).until(() -> app.state("fraud") == PipelineState.RUNNING);
                publishWhileRecordsFlow(servers, app, sent);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> app.meters("fraud").scoredCount() >= sent.get());
                await("open sessions: the present version's")
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () -> assertThat(LoadedModel.openSessions()).isEqualTo(openBefore + 1));
            }
            assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
            ScoreLog log = ScoreLog.read(topics);
            log.assertEachEventScoredOnce(sent.get());
            log.assertFeaturesCountedEachEventOnce();
            log.assertOrderOfEachKeyKept();
            log.assertVersionsMatchActivations();
            assertScoresComeFromTheVersionTheyName(log);
            assertThat(log.versions()).as("versions that scored").isGreaterThan(VERSIONS / 2);
        }
    }

    private static void publishWhileRecordsFlow(String servers, StreamApp app, AtomicInteger sent)
            throws InterruptedException {
        AtomicBoolean published = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            while (!published.get()) {
                int from = sent.get();
                StreamFixture.send(servers, from, from + SENT_AT_ONCE);
                sent.addAndGet(SENT_AT_ONCE);
            }
        });
        sender.start();
        for (int version = 2; version <= VERSIONS; version++) {
            StreamFixture.publish(servers, StreamFixture.bundle(version / 100f));
            int expected = version;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> app.serving("fraud").equals(Optional.of(new ModelRef("fraud", expected))));
        }
        published.set(true);
        sender.join();
    }

    /** The bias of each version tells its score: the version that a score names is the one that ran. */
    private static void assertScoresComeFromTheVersionTheyName(ScoreLog log) {
        for (Score score : log.scores()) {
            double bias = score.getVersion() == 1 ? 0 : score.getVersion() / 100.0;
            assertThat(score.getScore())
                    .as("score of %s", score)
                    .isCloseTo(1 / (1 + Math.exp(-bias)), Offset.offset(1e-6));
        }
    }
}
