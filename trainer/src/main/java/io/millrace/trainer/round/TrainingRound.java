package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.Example;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Gate;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.round.RoundProgress.Stage;
import io.millrace.trainer.trees.ParityCheck;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One round of training: splits the examples by time, lets the learner go on from the champion, and has the gate compare
 * the two on examples that neither has seen.
 *
 * <p>Threading: confined to one thread. Lifecycle: all native memory is freed before {@link #run} returns. The same
 * champion, examples, settings and code give the same bundle, byte by byte; of the verdict, only the check of the speed
 * depends on the machine.
 */
public final class TrainingRound {
    private static final int BATCH_ROWS = 512;

    private final TrainingConfig config;
    private final Learner learner;
    private final Gate gate;
    private final SpeedTest speedTest;
    private final ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);

    public TrainingRound(TrainingConfig config, Learner learner) {
        this(config, learner, System::nanoTime);
    }

    /** A round that measures the speed of models with another clock: one that stands still leaves the verdict to the scores. */
    public TrainingRound(TrainingConfig config, Learner learner, LongSupplier nanoClock) {
        this.config = config;
        this.learner = learner;
        this.gate = new Gate(config.gate(), config.seed());
        this.speedTest = new SpeedTest(nanoClock);
    }

    /**
     * Runs the round.
     *
     * @param championVersion its number, the parent of what comes out
     * @param examples all that were read, whatever their age
     * @param source where they were read, for the lineage: see {@link LineageKeys}
     * @throws LearningException if the learner cannot go on from this champion
     */
    public RoundOutcome run(
            Bundle champion,
            int championVersion,
            ExampleSet examples,
            Map<String, String> source,
            RoundProgress progress)
            throws LearningException {
        FeatureSet features = champion.manifest().featureSet();
        if (features == null) {
            throw new LearningException("model '" + champion.manifest().name() + "' is fed with texts, and a round"
                    + " cannot score texts yet: train a model of a feature set");
        }
        RoundSplit split = RoundSplit.of(examples, config.window(), config.seed());
        Optional<String> shortage = split.shortage(config.window());
        if (shortage.isPresent()) {
            return new RoundOutcome.Postponed(shortage.get(), split.counts());
        }
        Candidate candidate = learner.learn(
                champion,
                new LearningTask(split.training(), split.validation(), split.replay(), config.seed()),
                (step, done, total) -> progress.at(Stage.LEARNING, step, done, total));
        progress.at(Stage.JUDGING, "scoring the hold-out", 0, split.holdOut().size());
        ModelRef ref = new ModelRef(champion.manifest().name(), championVersion + 1);
        CandidateBundle draft = new CandidateBundle(champion.manifest(), championVersion, candidate.blobs());
        try (LoadedModel present = loadChampion(champion, championVersion);
                LoadedModel next = loader.load(ref, draft.withoutAnswers())) {
            TrainingRows rows = split.holdOut().rows(features.size());
            Comparison holdOut = compare(present, next, split.holdOut(), rows);
            Comparison older =
                    compare(present, next, split.older(), split.older().rows(features.size()));
            GateReport report = gate.judge(holdOut, older, speedTest.run(present, next, rows));
            if (!report.passed(Gate.FINITE)) {
                return new RoundOutcome.Refused(null, report, split.counts());
            }
            progress.at(
                    Stage.JUDGING,
                    "writing the manifest",
                    split.holdOut().size(),
                    split.holdOut().size());
            ScoredLabels scores = new ScoredLabels(holdOut.candidate(), holdOut.positives());
            DecisionThreshold threshold = DecisionThreshold.bestF1(scores);
            RoundLineage lineage = new RoundLineage(
                    config,
                    learner.name(),
                    source,
                    split,
                    candidate.notes(),
                    new ScoredLabels(holdOut.champion(), holdOut.positives()),
                    scores,
                    threshold,
                    report);
            Bundle bundle = draft.complete(threshold.value(), lineage.entries(), rows, scores.scores());
            loader.load(ref, bundle).close();
            return report.accepted()
                    ? new RoundOutcome.Accepted(bundle, report, split.counts())
                    : new RoundOutcome.Refused(bundle, report, split.counts());
        } catch (ModelRefusedException refused) {
            return new RoundOutcome.Refused(null, Gate.notLoadable(refused.getMessage()), split.counts());
        }
    }

    private LoadedModel loadChampion(Bundle champion, int version) throws LearningException {
        try {
            return loader.load(new ModelRef(champion.manifest().name(), version), champion);
        } catch (ModelRefusedException refused) {
            throw new LearningException(
                    "the champion itself cannot be loaded, so nothing can be compared with it: " + refused.getMessage(),
                    refused);
        }
    }

    private static Comparison compare(
            LoadedModel champion, LoadedModel candidate, ExampleSet examples, TrainingRows rows) {
        return new Comparison(
                ParityCheck.score(champion, rows),
                ParityCheck.score(candidate, rows),
                examples.areOf(1),
                examples.examples().stream().map(Example::segment).toList());
    }
}
