package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Manifest;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.example.ExampleRange;
import io.millrace.trainer.example.ExampleRanges;
import io.millrace.trainer.round.LineageKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What runs left behind, and what must hold of it.
 *
 * @param runs each as it was last noted, in the order in which they began
 * @param versions all there are, the first of them not by a run
 */
record RunAudit(List<TrainingRun> runs, List<ModelVersion> versions) {
    private static final String BY_HAND = "by hand";

    static RunAudit read(TestTopics topics, String servers) {
        return new RunAudit(List.copyOf(TrainingFixture.runs(topics).values()), TrainingFixture.versions(servers));
    }

    /** How far a run is: 0 reading, 1 learning, 2 judging, 3 over. */
    static int rank(TrainingRun run) {
        return switch (run.getState()) {
            case READING -> 0;
            case LEARNING -> 1;
            case JUDGING -> 2;
            case PUBLISHED, REFUSED, POSTPONED, FAILED -> 3;
        };
    }

    boolean allAreOver() {
        return runs.stream().allMatch(run -> rank(run) == 3);
    }

    /** The sum of the offsets up to which runs that are over have learned. */
    long learnedTo() {
        return runs.stream()
                .filter(run -> rank(run) == 3)
                .mapToLong(run ->
                        run.getRanges().stream().mapToLong(OffsetRange::getTo).sum())
                .max()
                .orElse(0);
    }

    /** How many of the examples no run that is over has learned from: as many as the trigger counts. */
    long unlearned(List<ConsumerRecord<byte[], byte[]>> examples) {
        Map<Integer, Long> learnedTo = new HashMap<>();
        runs.stream()
                .filter(run -> rank(run) == 3)
                .flatMap(run -> run.getRanges().stream())
                .forEach(range -> learnedTo.merge(range.getPartition(), range.getTo(), Math::max));
        return examples.stream()
                .filter(example -> example.offset() >= learnedTo.getOrDefault(example.partition(), 0L))
                .count();
    }

    /** Each version is of one run, and the last round had all examples. */
    void assertNothingIsLostOrDoubled(int examples) {
        List<TrainingRun> publishing = runs.stream()
                .filter(run -> run.getState() == TrainingState.PUBLISHED)
                .toList();
        List<ModelVersion> trained = versions.subList(1, versions.size());
        assertThat(publishing)
                .as("each version has one run, and each run its version")
                .extracting(TrainingRun::getVersion)
                .isEqualTo(trained.stream().map(ModelVersion::getVersion).toList());
        trained.forEach(version -> assertIsOf(publishing.get(trained.indexOf(version)), version));
        assertEachRoundGoesOn();
        TrainingRun last = runs.stream()
                .filter(run -> !run.getRanges().isEmpty())
                .reduce((before, after) -> after)
                .orElseThrow();
        assertThat(last.getExamples())
                .as("the last round has all examples, each once")
                .containsEntry("read", (long) examples);
        assertThat(runs.stream().map(TrainingRun::getState))
                .isSubsetOf(TrainingState.PUBLISHED, TrainingState.REFUSED, TrainingState.FAILED);
    }

    private static void assertIsOf(TrainingRun run, ModelVersion version) {
        Manifest manifest = Manifest.parse(version.getManifest());
        assertThat(manifest.parent())
                .as("parent of version %d", version.getVersion())
                .isEqualTo(version.getVersion() - 1);
        assertThat(ExampleRanges.parse(manifest.lineage().getOrDefault(LineageKeys.SOURCE_OFFSETS, "")))
                .as("labels of version %d", version.getVersion())
                .isEqualTo(ranges(run));
    }

    /**
     * A round has all labels that the rounds before it had. Its trigger asks for new ones as well; by hand a round is run
     * whatever there is, and its version may be of the very same labels as its parent.
     */
    private void assertEachRoundGoesOn() {
        ExampleRanges learned = new ExampleRanges(List.of());
        for (TrainingRun run : runs) {
            ExampleRanges ranges = ranges(run);
            if (ranges.ranges().isEmpty()) {
                continue; // it was cut off
            }
            ExampleRanges before = learned;
            assertThat(ranges.ranges())
                    .as("labels of run %s after those of the run before it, %s", run.getRun(), before)
                    .allMatch(range -> range.to() >= before.to(range.partition()));
            if (!run.getTrigger().equals(BY_HAND)) {
                assertThat(ranges.ranges())
                        .as("labels of run %s that no run before it had, %s", run.getRun(), before)
                        .anyMatch(range -> range.to() > before.to(range.partition()));
            }
            learned = ranges;
        }
    }

    private static ExampleRanges ranges(TrainingRun run) {
        return new ExampleRanges(run.getRanges().stream()
                .map(range -> new ExampleRange(range.getPartition(), range.getFrom(), range.getTo()))
                .toList());
    }

    void assertCutRunsSaySo() {
        assertThat(runs.stream()
                        .filter(run -> run.getState() == TrainingState.FAILED)
                        .flatMap(run -> run.getReasons().stream()))
                .as("what a kill cut off is said to be cut off")
                .isNotEmpty()
                .allMatch(reason -> reason.equals("the trainer was stopped during this run"));
    }
}
