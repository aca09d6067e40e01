package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.ReplayJudge;
import io.millrace.trainer.gradient.ReplayMaker;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.round.Learners;
import io.millrace.trainer.round.RoundOutcome;
import io.millrace.trainer.round.RoundProgress;
import io.millrace.trainer.round.TrainingRound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Question: what does a model of texts gain on a domain that it has never seen from some labels, and what does it lose on
 * its first one? Rounds of training run as the trainer runs them, gate included; what the gate accepts is the champion
 * of the next round.
 *
 * <p>What the frozen part makes of the judging texts is computed once, and each version judged by that.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #run} returns.
 */
public final class AdaptationBenchmark {
    private static final ExampleSet NONE = new ExampleSet(List.of());

    private final Bundle first;
    private final TrainingConfig config;
    private final List<Integer> labels;
    private final int judged;
    private final DomainTexts domain;
    private final @Nullable DomainTexts old;

    /**
     * What each version is judged by.
     *
     * @param unseen texts of the new domain of which no label is given
     * @param floor what travels with the model, the same with each version
     * @param before texts of the first domain; null for none
     */
    private record Judges(
            ReplaySet unseen, ReplaySet floor, @Nullable ReplaySet before) {}

    /**
     * Reads the files.
     *
     * @param first a bundle of texts with two classes and a replay set
     * @param labels after how many a round runs, rising
     * @param judged at most so many of the other texts judge
     * @param domain file of the new domain
     * @param old file of the first domain; null for none
     * @throws IllegalArgumentException if that cannot be measured
     */
    public AdaptationBenchmark(
            Bundle first, TrainingConfig config, List<Integer> labels, int judged, String domain, @Nullable String old)
            throws IOException {
        this.first = first;
        this.config = config;
        this.labels = List.copyOf(labels);
        this.judged = judged;
        this.domain = DomainTexts.read(domain).shuffled(config.seed());
        this.old = old == null ? null : DomainTexts.read(old);
        int most = labels.get(labels.size() - 1);
        if (most >= this.domain.size()) {
            throw new IllegalArgumentException(domain + " has " + this.domain.size()
                    + " texts of the two classes: after " + most + " labels none is left to judge by");
        }
        if (first.manifest().classes().size() != 2 || !first.blobs().containsKey(ReplaySet.BLOB)) {
            throw new IllegalArgumentException("model " + first.manifest().name() + " has "
                    + first.manifest().classes().size() + " classes and the files "
                    + first.blobs().keySet() + ": a model of two classes with a " + ReplaySet.BLOB + " is needed");
        }
    }

    /**
     * Measures.
     *
     * @param progress hears what is done next
     */
    public List<AdaptationLine> run(Consumer<String> progress) throws LearningException {
        int most = labels.get(labels.size() - 1);
        int end = (int) Math.min(domain.size(), (long) most + judged);
        progress.accept("reading " + (end - most) + " texts to judge by");
        Judges judges = new Judges(
                kept(domain.examples(most, end)),
                ReplayFile.read(first.blobs().getOrDefault(ReplaySet.BLOB, new byte[0])),
                old == null ? null : kept(old.examples(0, old.size())));
        List<AdaptationLine> lines = new ArrayList<>();
        lines.add(line(0, "before", first, judges, List.of()));
        Bundle champion = first;
        int version = 1;
        for (int count : labels) {
            progress.accept("a round of " + count + " labels");
            RoundOutcome outcome = new TrainingRound(config, Learners.of(config, champion))
                    .run(champion, version, domain.examples(0, count), Map.of(), RoundProgress.SILENT);
            if (outcome instanceof RoundOutcome.Accepted accepted) {
                champion = accepted.bundle();
                version++;
                lines.add(line(count, "accepted", champion, judges, List.of()));
            } else if (outcome instanceof RoundOutcome.Refused refused && refused.bundle() != null) {
                lines.add(line(
                        count,
                        "refused",
                        refused.bundle(),
                        judges,
                        refused.gate().reasons()));
            } else {
                throw new LearningException("after " + count + " labels no candidate comes out: "
                        + (outcome instanceof RoundOutcome.Postponed postponed ? postponed.reason() : outcome));
            }
        }
        return lines;
    }

    private ReplaySet kept(ExampleSet texts) throws LearningException {
        return ReplayMaker.of(first, NONE, texts, LearningProgress.SILENT);
    }

    private static AdaptationLine line(int count, String verdict, Bundle model, Judges judges, List<String> reasons)
            throws LearningException {
        Shares now = Shares.of(model, judges.unseen());
        Shares before = judges.before() == null ? null : Shares.of(model, judges.before());
        return new AdaptationLine(
                count,
                verdict,
                now.accuracy(),
                now.balanced(),
                ReplayJudge.accuracy(model, judges.floor()),
                before == null ? null : before.accuracy(),
                before == null ? null : before.balanced(),
                reasons);
    }

    /** Shares of right answers: of all texts, and the mean over the two classes. */
    private record Shares(double accuracy, double balanced) {

        static Shares of(Bundle model, ReplaySet texts) throws LearningException {
            int[] decided = ReplayJudge.decided(model, texts);
            int[] truth = texts.labels();
            double[] right = new double[2];
            double[] all = new double[2];
            for (int i = 0; i < truth.length; i++) {
                all[truth[i]]++;
                right[truth[i]] += decided[i] == truth[i] ? 1 : 0;
            }
            return new Shares(
                    (right[0] + right[1]) / truth.length,
                    (right[0] / Math.max(1, all[0]) + right[1] / Math.max(1, all[1])) / 2);
        }
    }
}
