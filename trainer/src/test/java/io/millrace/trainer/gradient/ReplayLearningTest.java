package io.millrace.trainer.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that was made to look for the word "w7" is taught to look for "w9". */
class ReplayLearningTest {
    private static final ExampleSet NONE = new ExampleSet(List.of());
    private static final ExampleSet NEW_DOMAIN = WordTexts.with(9, 200, 4);

    private static Bundle champion;

    @BeforeAll
    static void teachTheFirstDomain() throws LearningException {
        Bundle untrained = WordTexts.untrained("last: 1");
        GradientConfig config = GradientConfig.of(5e-3, 0.0, 0.1, 15, 16, 1.0, 15, null, false);
        Candidate candidate = new GradientLearner(config, null)
                .learn(untrained, new LearningTask(WordTexts.with(7, 500, 1), NONE, NONE, 3), LearningProgress.SILENT);
        Bundle lastBlock = Bundle.of(untrained.manifest(), candidate.blobs());
        champion = with(
                lastBlock,
                ReplayMaker.of(
                        lastBlock, WordTexts.with(7, 200, 2), WordTexts.with(7, 300, 3), LearningProgress.SILENT));
    }

    @Test
    void withReplayTheFirstDomainIsKeptWhileTheNewOneIsLearned() throws LearningException {
        double before = replay(champion).referenceAccuracy();
        Bundle without = learn(champion, 0.0, 0.0);
        Bundle with = learn(champion, 1.0, 0.0);

        assertThat(before).isGreaterThan(0.9);
        assertThat(first(without)).isLessThan(before - 0.3);
        assertThat(first(with)).isGreaterThan(before - 0.1);
        assertThat(second(champion)).isLessThan(0.5);
        assertThat(second(with)).isGreaterThan(second(champion) + 0.1);
    }

    /** Classes of examples that the champion learned itself say little of what it knows: its answers are learned. */
    @Test
    void ofReplayedExamplesTheChampionsAnswersAreLearnedAndNotTheirClasses() throws LearningException {
        Bundle wronglyLabelled = with(champion, otherClasses(replay(champion)));

        Bundle learned = learn(wronglyLabelled, 1.0, 0.0);

        assertThat(first(learned)).isGreaterThan(replay(champion).referenceAccuracy() - 0.1);
        assertThat(second(learned)).isGreaterThan(second(champion) + 0.1);
    }

    @Test
    void theEpochThatIsKeptIsTheBestOfBothDomainsTogether() throws LearningException {
        // Without a warm-up and far too fast: whatever epoch is taken has forgotten the first domain.
        ExampleSet later = WordTexts.with(9, 100, 6);
        Candidate newDomainCounts = tooFast(0.01, later);
        Candidate firstDomainCounts = tooFast(20.0, later);

        assertThat(newDomainCounts.notes().get("early-stopping")).doesNotEndWith("best epoch 0");
        assertThat(first(Bundle.of(champion.manifest(), newDomainCounts.blobs())))
                .isLessThan(replay(champion).referenceAccuracy() - 0.2);
        assertThat(firstDomainCounts.notes().get("early-stopping"))
                .startsWith("with replayed examples beside: ")
                .endsWith("best epoch 0");
        assertThat(firstDomainCounts.blobs().get(Bundle.MODEL_BLOB)).isEqualTo(champion.model());
    }

    @Test
    void aModelIsJudgedAtItsOwnThreshold() throws LearningException {
        Bundle neverPositive =
                Bundle.of(ManifestBuilder.like(champion.manifest()).threshold(1).build(), champion.blobs());

        assertThat(ReplayJudge.decided(neverPositive, replay(champion))).containsOnly(0);
        assertThat(ReplayJudge.decided(champion, replay(champion))).contains(0, 1);
    }

    @Test
    void theFurtherTheWeightsMayGoTheMoreIsForgotten() throws LearningException {
        double pulled = first(learn(champion, 0.0, 1.0));

        assertThat(pulled).isGreaterThan(replay(champion).referenceAccuracy() - 0.05);
        assertThat(first(learn(champion, 0.0, 0.0))).isLessThan(pulled - 0.3);
    }

    @Test
    void sameReplayAndSeedGiveTheSameBytes() throws LearningException {
        assertThat(learn(champion, 0.5, 0.1).blobs())
                .usingRecursiveComparison()
                .isEqualTo(learn(champion, 0.5, 0.1).blobs());
    }

    @Test
    void aReplaySetOfAnotherCutIsRefusedWithTheRemedyAndLearnedWithoutOnDemand() throws LearningException {
        Bundle deeper = trainable("last: 2");

        assertThatThrownBy(() -> learn(deeper, null, null))
                .isInstanceOf(LearningException.class)
                .hasMessageContaining("let trainable be what it was when they were kept");
        assertThat(learn(deeper, 0.0, null).blobs()).containsKey(ReplaySet.BLOB);
    }

    @Test
    void theReplaySetGoesOnWithTheModelAndIsInTheNotes() throws LearningException {
        Candidate candidate = candidate(champion, 1.0, 0.1);

        assertThat(candidate.blobs().get(ReplaySet.BLOB))
                .isEqualTo(champion.blobs().get(ReplaySet.BLOB));
        assertThat(candidate.notes())
                .containsEntry(
                        "replay", "200 examples of the first domain, 1.0 beside each new one, answers of the champion")
                .hasEntrySatisfying("gradient", line -> assertThat(line).endsWith("pull 0.1"));
    }

    private static double first(Bundle bundle) throws LearningException {
        return ReplayJudge.accuracy(bundle, replay(bundle));
    }

    private static double second(Bundle bundle) throws LearningException {
        return ReplayMaker.of(bundle, NONE, WordTexts.with(9, 300, 5), LearningProgress.SILENT)
                .referenceAccuracy();
    }

    private static ReplaySet replay(Bundle bundle) throws LearningException {
        byte[] blob = bundle.blobs().get(ReplaySet.BLOB);
        return ReplayFile.read(blob == null ? new byte[0] : blob);
    }

    private static Bundle learn(Bundle from, @Nullable Double ratio, @Nullable Double pull) throws LearningException {
        return Bundle.of(from.manifest(), candidate(from, ratio, pull).blobs());
    }

    private static Candidate candidate(Bundle from, @Nullable Double ratio, @Nullable Double pull)
            throws LearningException {
        GradientConfig config = new GradientConfig(5e-3, 0.0, 0.1, 10, 16, 1.0, 10, null, false, ratio, pull);
        return new GradientLearner(config, null)
                .learn(from, new LearningTask(NEW_DOMAIN, NONE, NONE, 3), LearningProgress.SILENT);
    }

    private static Candidate tooFast(double ratio, ExampleSet later) throws LearningException {
        GradientConfig config = new GradientConfig(0.5, 0.0, 0.0, 2, 16, 1.0, 2, null, false, ratio, 0.0);
        return new GradientLearner(config, null)
                .learn(champion, new LearningTask(NEW_DOMAIN, later, NONE, 3), LearningProgress.SILENT);
    }

    private static ReplaySet otherClasses(ReplaySet replay) {
        int[] labels = IntStream.range(0, replay.size())
                .map(i -> replay.judging()[i] ? replay.labels()[i] : 1 - replay.labels()[i])
                .toArray();
        return new ReplaySet(
                replay.classes(),
                replay.referenceAccuracy(),
                labels,
                replay.tokens(),
                replay.judging(),
                replay.values());
    }

    private static Bundle trainable(String part) {
        Manifest manifest = WordTexts.untrained(part).manifest();
        return Bundle.of(manifest, champion.blobs());
    }

    private static Bundle with(Bundle bundle, ReplaySet replay) {
        Map<String, byte[]> blobs = new LinkedHashMap<>(bundle.blobs());
        blobs.put(ReplaySet.BLOB, ReplayFile.write(replay));
        return Bundle.of(bundle.manifest(), blobs);
    }
}
