package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Manifest;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.OffsetRange;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.trainer.example.ExampleRanges;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs left behind, and what must hold of it.
 *
 * @param runs each as it was last noted, in the order in which they began
 * @param versions all there are, the first of them not by a run
 */
record RunAudit(List<TrainingRun> runs, List<ModelVersion> versions) {

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

    /** Each version is of one run and of labels that its predecessor did not have; the last round had all examples. */
    void assertNothingIsLostOrDoubled(int examples) {
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
        assertThat(runs.stream()
                        .filter(run -> run.getState() == TrainingState.PUBLISHED)
                        .map(TrainingRun::getVersion)
                        .toList())
                .as("each version has one run, and each run its version")
                .isEqualTo(trained);
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

    void assertCutRunsSaySo() {
        assertThat(runs.stream()
                        .filter(run -> run.getState() == TrainingState.FAILED)
                        .flatMap(run -> run.getReasons().stream()))
                .as("what a kill cut off is said to be cut off")
                .isNotEmpty()
                .allMatch(reason -> reason.equals("the trainer was stopped during this run"));
    }
}
