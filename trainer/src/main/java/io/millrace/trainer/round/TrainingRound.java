package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Floor;
import io.millrace.trainer.gate.Gate;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.learn.Candidate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.quantize.Int8Outcome;
import io.millrace.trainer.round.RoundProgress.Stage;
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
    // Forms of 8 bits round a little differently from batch to batch, which would blur what was learned.
    private final ModelLoader loader =
            new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS, Precision.FP32);
    private final ModelLoader asInTheStream = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, BATCH_ROWS);

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
        RoundSplit split = RoundSplit.of(examples, config.window(), config.seed());
        Optional<String> shortage =
                split.shortage(config.window(), champion.manifest().classes().size());
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
        Bundle asked = draft.withoutAnswers();
        try (LoadedModel present = loadChampion(champion, championVersion);
                LoadedModel next = loader.load(ref, asked)) {
            Scoring scoring = scoring(champion.manifest());
            Comparison holdOut = scoring.compare(present, next, split.holdOut());
            Comparison older = scoring.compare(present, next, split.older());
            Floor floor = FirstDomain.floor(champion, asked);
            GateReport report = gate.judge(holdOut, older, floor, scoring.speed(present, next, split.holdOut()));
            if (!report.passed(Gate.FINITE)) {
                return new RoundOutcome.Refused(null, report, split.counts());
            }
            progress.at(
                    Stage.JUDGING,
                    RoundProgress.COMPLETING,
                    split.holdOut().size(),
                    split.holdOut().size());
            Int8Outcome int8 = champion.manifest().quantized() == null || !report.accepted()
                    ? null
                    : Int8Form.of(asked, next, split.holdOut());
            Scoring.Threshold threshold = scoring.threshold(champion.manifest(), holdOut);
            RoundLineage lineage = new RoundLineage(
                    config, learner.name(), source, split, candidate.notes(), holdOut, threshold, report, int8);
            Bundle bundle = draft.complete(
                    threshold.value(),
                    lineage.entries(),
                    scoring.golden(present, next, split.holdOut(), holdOut.candidate()),
                    int8 == null ? null : int8.model());
            asInTheStream.load(ref, bundle).close();
            return report.accepted()
                    ? new RoundOutcome.Accepted(bundle, report, split.counts())
                    : new RoundOutcome.Refused(bundle, report, split.counts());
        } catch (ModelRefusedException refused) {
            return new RoundOutcome.Refused(null, Gate.notLoadable(refused.getMessage()), split.counts());
        }
    }

    private Scoring scoring(Manifest manifest) {
        FeatureSet features = manifest.featureSet();
        return features == null ? new TextScoring(speedTest) : new FeatureScoring(features.size(), speedTest);
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
}
