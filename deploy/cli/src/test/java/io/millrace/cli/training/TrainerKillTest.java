package io.millrace.cli.training;

import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the trainer for real in every state of a run, and looks at what is left. */
class TrainerKillTest {
    private static final int ROUND = 1_000;
    private static final long SEED = 20_261_124;
    private static final List<TrainingState> KILLED_IN =
            List.of(TrainingState.READING, TrainingState.LEARNING, TrainingState.JUDGING, TrainingState.PUBLISHED);

    @TempDir
    private Path folder;

    @Test
    void aKilledTrainerLosesNoExampleAndPublishesNothingTwice() throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            TrainingFixture.createTopics(servers, 2);
            TrainingFixture.publish(servers, TrainingFixture.firstModel());
            int sent = 0;
            for (TrainingState state : KILLED_IN) {
                long runsBefore = TrainingFixture.runs(topics).size();
                // All of them are there before the trainer, so that each round that ends has learned all that was sent.
                TrainingFixture.sendExamples(servers, sent, sent + ROUND);
                sent += ROUND;
                try (ChildJvm child = child(servers)) {
                    int rank = KILLED_IN.indexOf(state);
                    await().atMost(Duration.ofMinutes(2))
                            .pollInterval(Duration.ofMillis(5 + random.nextInt(20)))
                            .until(() -> {
                                child.requireAlive();
                                List<TrainingRun> runs =
                                        List.copyOf(TrainingFixture.runs(topics).values());
                                return runs.size() > runsBefore && RunAudit.rank(runs.get(runs.size() - 1)) >= rank;
                            });
                }
            }
            int all = sent;
            try (ChildJvm child = child(servers)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    child.requireAlive();
                    RunAudit audit = RunAudit.read(topics, servers);
                    return audit.learnedTo() >= topics.endOffset("fraud.examples") && audit.allAreOver();
                });
            }
            RunAudit audit = RunAudit.read(topics, servers);
            audit.assertNothingIsLostOrDoubled(all);
            audit.assertCutRunsSaySo();
        }
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                TrainerChild.class, Path.of("target", "trainer-kill.log"), servers, Integer.toString(ROUND));
    }
}
