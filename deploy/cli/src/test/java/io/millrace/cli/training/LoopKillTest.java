package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.service.TrainerService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills stream and trainer for real while events, labels and versions flow, and counts what comes out. */
class LoopKillTest {
    private static final int EVENTS = 4_500;
    private static final int KILLS = 2;
    private static final int ROUND = 900;
    private static final long SEED = 20_261_124;

    @TempDir
    private Path folder;

    @Test
    void eachLabelBecomesOneExampleAndEachVersionIsPublishedOnceThoughAllIsKilledAgainAndAgain() throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            TrainingFixture.createTopics(servers, 2);
            TrainingFixture.publish(servers, TrainingFixture.firstModel());
            int sent = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (ChildJvm child = child(servers)) {
                    int until = EVENTS * (kill + 1) / (KILLS + 1);
                    TrainingFixture.sendEvents(servers, sent, until);
                    TrainingFixture.sendLabels(servers, sent, until);
                    sent = until;
                    long goal = topics.endOffset("fraud.examples") + 200 + random.nextInt(1_200);
                    await().atMost(Duration.ofMinutes(2)).until(() -> {
                        child.requireAlive();
                        return topics.endOffset("fraud.examples") >= goal;
                    });
                }
            }
            try (ChildJvm child = child(servers)) {
                TrainingFixture.sendEvents(servers, sent, EVENTS);
                TrainingFixture.sendLabels(servers, sent, EVENTS);
                // With fewer labels left than make a round, none can begin just before the child is ended.
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    child.requireAlive();
                    List<ConsumerRecord<byte[], byte[]>> examples = topics.readAll("fraud.examples");
                    RunAudit audit = RunAudit.read(topics, servers);
                    return examples.size() >= EVENTS && audit.allAreOver() && audit.unlearned(examples) < ROUND;
                });
            }
            assertThat(TrainerService.runOnce(
                            TrainingFixture.trainer(servers, "last"),
                            TrainingFixture.model(ROUND, 0.0),
                            RoundProgress.SILENT))
                    .isPresent();

            List<String> examples = topics.readAll("fraud.examples").stream()
                    .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .toList();
            assertThat(examples).hasSize(EVENTS).doesNotHaveDuplicates();
            RunAudit audit = RunAudit.read(topics, servers);
            audit.assertNothingIsLostOrDoubled(EVENTS);
            assertThat(audit.versions()).as("versions").hasSizeGreaterThan(1);
        }
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                LoopChild.class,
                Path.of("target", "loop-kill.log"),
                servers,
                folder.resolve("state").toString(),
                Integer.toString(ROUND));
    }
}
