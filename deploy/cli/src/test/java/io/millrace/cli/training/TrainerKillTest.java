package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Manifest;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.example.ExampleRanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
                try (ChildJvm child = child(servers)) {
                    TrainingFixture.sendExamples(servers, sent, sent + ROUND);
                    sent += ROUND;
                    int rank = KILLED_IN.indexOf(state);
                    await().atMost(Duration.ofSeconds(120))
                            .pollInterval(Duration.ofMillis(5 + random.nextInt(20)))
                            .until(() -> {
                                child.requireAlive();
                                Collection<TrainingRun> runs =
                                        TrainingFixture.runs(topics).values();
                                return runs.size() > runsBefore
                                        && rank(new ArrayList<>(runs).get(runs.size() - 1)) >= rank;
                            });
                }
            }
            int all = sent;
            try (ChildJvm child = child(servers)) {
                await().atMost(Duration.ofSeconds(120)).until(() -> {
                    child.requireAlive();
                    return learnedTo(topics) >= topics.endOffset("fraud.examples") && isQuiet(topics);
                });
            }
            assertNothingIsLostOrDoubled(topics, TrainingFixture.versions(servers), all);
        }
    }

    private static void assertNothingIsLostOrDoubled(TestTopics topics, List<ModelVersion> versions, int examples) {
        Map<String, TrainingRun> runs = TrainingFixture.runs(topics);
        List<Integer> publishedByRuns = runs.values().stream()
                .filter(run -> run.getState() == TrainingState.PUBLISHED)
                .map(TrainingRun::getVersion)
                .toList();
        List<Integer> trained = new ArrayList<>();
        long learnedTo = 0;
        for (ModelVersion version : versions.subList(1, versions.size())) {
            trained.add(version.getVersion());
            Manifest manifest = Manifest.parse(version.getManifest());
            ExampleRanges ranges = ExampleRanges.parse(manifest.lineage().getOrDefault("source-offsets", ""));
            assertThat(ranges.to(0) + ranges.to(1))
                    .as("labels of version %d beyond those of its predecessor", version.getVersion())
                    .isGreaterThan(learnedTo);
            learnedTo = ranges.to(0) + ranges.to(1);
        }
        assertThat(publishedByRuns)
                .as("each version has one run, and each run its version")
                .isEqualTo(trained);
        TrainingRun last = runs.values().stream()
                .filter(run -> !run.getRanges().isEmpty())
                .reduce((before, after) -> after)
                .orElseThrow();
        assertThat(last.getExamples()).as("the last round has all examples").containsEntry("read", (long) examples);
        assertThat(runs.values().stream().map(TrainingRun::getState))
                .isSubsetOf(TrainingState.PUBLISHED, TrainingState.REFUSED, TrainingState.FAILED);
        assertThat(runs.values().stream()
                        .filter(run -> run.getState() == TrainingState.FAILED)
                        .flatMap(run -> run.getReasons().stream()))
                .as("what a kill cut off is said to be cut off")
                .isNotEmpty()
                .allMatch(reason -> reason.equals("the trainer was stopped during this run"));
    }

    private static long learnedTo(TestTopics topics) {
        return TrainingFixture.runs(topics).values().stream()
                .filter(run -> rank(run) == KILLED_IN.size() - 1)
                .mapToLong(run ->
                        run.getRanges().stream().mapToLong(OffsetRange::getTo).sum())
                .max()
                .orElse(0);
    }

    private static boolean isQuiet(TestTopics topics) {
        return TrainingFixture.runs(topics).values().stream().allMatch(run -> rank(run) == KILLED_IN.size() - 1);
    }

    private static int rank(TrainingRun run) {
        return switch (run.getState()) {
            case READING -> 0;
            case LEARNING -> 1;
            case JUDGING -> 2;
            case PUBLISHED, REFUSED, POSTPONED, FAILED -> 3;
        };
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                TrainerChild.class, Path.of("target", "trainer-kill.log"), servers, Integer.toString(ROUND));
    }
}
