package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Manifest;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.stream.runtime.StreamApp;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.service.TrainerService;
import io.millrace.trainer.service.TrainerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events, scores, late labels, examples, a round, a version, and scores by it: all of it in one process. */
class WholeLoopTest {
    private static final int LABELLED = 3_000;

    @TempDir
    private Path folder;

    @Test
    void labelsBecomeAVersionThatScoresAndTheSystemSaysHowLongThatTook() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            TrainingFixture.createTopics(servers, 2);
            TrainingFixture.publish(servers, TrainingFixture.firstModel());
            TrainerSettings settings = TrainingFixture.trainer(servers, "trainer-1");
            try (StreamApp stream = TrainingFixture.stream(servers, folder.resolve("state"));
                    TrainerService trainer =
                            new TrainerService(settings, List.of(TrainingFixture.model(LABELLED, 0.002)))) {
                stream.start();
                trainer.start();
                TrainingFixture.sendEvents(servers, 0, LABELLED);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> stream.meters("fraud").scoredCount() >= LABELLED);
                TrainingFixture.sendLabels(servers, 0, LABELLED);
                AtomicInteger next = new AtomicInteger(LABELLED);

                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> {
                            // Versions change where events flow.
                            TrainingFixture.sendEvents(servers, next.get(), next.get() + 10);
                            next.addAndGet(10);
                            return lastRun(topics)
                                    .map(run -> run.getStep().startsWith("live since"))
                                    .orElse(false);
                        });
            }
            TrainingRun run = lastRun(topics).orElseThrow();
            System.out.println("label to live: " + run.getStep());
            assertThat(run.getState()).isEqualTo(TrainingState.PUBLISHED);
            assertThat(run.getTrigger()).isEqualTo(LABELLED + " new labels");
            assertThat(run.getExamples()).containsEntry("read", (long) LABELLED);
            assertThat(run.getStep()).contains("s after its newest label arrived");
            assertThat(settings.registry()
                            .get(TrainerService.LABEL_TO_LIVE)
                            .timer()
                            .count())
                    .isOne();
            Manifest manifest =
                    Manifest.parse(TrainingFixture.versions(servers).get(1).getManifest());
            assertThat(manifest.parent()).isEqualTo(1);
            assertThat(manifest.lineage()).containsEntry("source-topic", "fraud.examples");

            Optional<TrainingRun> byHand =
                    TrainerService.runOnce(settings, TrainingFixture.model(LABELLED, 0.9), RoundProgress.SILENT);

            assertThat(byHand.orElseThrow().getState()).isEqualTo(TrainingState.REFUSED);
            TrainingRun refused = lastRun(topics).orElseThrow();
            assertThat(refused).isEqualTo(byHand.get());
            assertThat(refused.getReasons()).anyMatch(reason -> reason.contains("at least 0.90000 is asked for"));
            assertThat(refused.getCompared())
                    .containsKeys("average-precision-gain/champion", "average-precision-gain/candidate");
            assertThat(TrainingFixture.versions(servers)).hasSize(2);

            CommandRun again =
                    CommandRun.of("models", "verify", "fraud@2", "--rebuild", "--bootstrap-servers", servers);
            CommandRun first =
                    CommandRun.of("models", "verify", "fraud@1", "--rebuild", "--bootstrap-servers", servers);
            CommandRun once = CommandRun.of("train", "--once", "fraud", "--json", "--bootstrap-servers", servers);

            assertThat(again.out()).contains("trained again on 3000 examples, every byte is the same");
            assertThat(again.exitCode()).isZero();
            assertThat(first.err()).contains("fraud@1 was not trained from a log");
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(once.out()).contains("\"trigger\" : \"by hand\"", "\"champion\" : 2");
            assertThat(once.exitCode()).isZero();
        }
    }

    private static Optional<TrainingRun> lastRun(TestTopics topics) {
        List<TrainingRun> runs = new ArrayList<>(TrainingFixture.runs(topics).values());
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }
}
