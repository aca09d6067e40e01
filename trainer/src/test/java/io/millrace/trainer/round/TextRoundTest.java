package io.millrace.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.quantize.Int8Quantizer;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.config.FloorConfig;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.config.GateMetric;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Check;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.gradient.ReplayMaker;
import io.millrace.trainer.gradient.WordTexts;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.round.RoundOutcome.Accepted;
import io.millrace.trainer.round.RoundOutcome.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model of texts that looks for the word "w7" gets labels of a domain in which "w9" counts. */
class TextRoundTest {
    private static final String INT8 = "model.int8.onnx";
    private static final ExampleSet NONE = new ExampleSet(List.of());
    private static final ExampleSet LABELLED = WordTexts.with(9, 400, 4);

    private static Bundle champion;

    @BeforeAll
    static void teachTheFirstDomain() throws LearningException, NotQuantizableException {
        Bundle untrained = WordTexts.untrained("last: 1");
        Map<String, byte[]> blobs = new LinkedHashMap<>(new GradientLearner(
                        GradientConfig.of(5e-3, 0.0, 0.1, 15, 16, 1.0, 15, null, false), null)
                .learn(untrained, new LearningTask(WordTexts.with(7, 500, 1), NONE, NONE, 3), LearningProgress.SILENT)
                .blobs());
        Bundle taught = Bundle.of(untrained.manifest(), blobs);
        ReplaySet replay =
                ReplayMaker.of(taught, WordTexts.with(7, 200, 2), WordTexts.with(7, 300, 3), LearningProgress.SILENT);
        blobs.put(ReplaySet.BLOB, ReplayFile.write(replay));
        blobs.put(INT8, Int8Quantizer.quantize(taught.model()));
        champion = Bundle.of(
                ManifestBuilder.like(untrained.manifest())
                        .golden(0.9, List.of(GoldenSample.ofText("w1 w7", List.of(0.5, 0.5))))
                        .quantized(new Quantized(INT8, 0.9))
                        .build(),
                blobs);
    }

    @Test
    void aCandidateThatLearnsTheNewDomainAndKeepsTheFirstOneIsAccepted() throws LearningException {
        long openBefore = LoadedModel.openSessions();

        Accepted accepted = (Accepted) run(config(3.0, 10));

        assertThat(accepted.gate().checks().stream().map(Check::name))
                .containsExactly(
                        "loads", "finite", "accuracy-gain", "accuracy-gain-interval", "floor", "threshold", "slowdown");
        var manifest = accepted.bundle().manifest();
        assertThat(manifest.parent()).isEqualTo(4);
        assertThat(manifest.threshold()).isEqualTo(champion.manifest().threshold());
        assertThat(manifest.lineage())
                .containsEntry("verdict", "accepted")
                .containsEntry("int8", "accepted")
                .containsKeys("hold-out-balanced-accuracy", "champion-accuracy", "gate-floor", "learner-replay");
        assertThat(manifest.golden()).singleElement().satisfies(sample -> {
            assertThat(sample.text()).isEqualTo("w1 w7");
            assertThat(sample.probabilities().get(1)).isGreaterThan(0.5);
        });
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void theReplaySetGoesOnUnchangedAndTheInt8FormIsMadeAnew() throws LearningException, NotQuantizableException {
        Map<String, byte[]> blobs = ((Accepted) run(config(3.0, 10))).bundle().blobs();

        assertThat(blobs.get(ReplaySet.BLOB)).isEqualTo(champion.blobs().get(ReplaySet.BLOB));
        assertThat(blobs.get(INT8))
                .isEqualTo(Int8Quantizer.quantize(blobs.getOrDefault(Bundle.MODEL_BLOB, new byte[0])))
                .isNotEqualTo(champion.blobs().get(INT8));
    }

    @Test
    void theSameRoundGivesTheSameBytesTwice() throws LearningException {
        Bundle first = ((Accepted) run(config(3.0, 10))).bundle();
        Bundle second = ((Accepted) run(config(3.0, 10))).bundle();

        assertThat(second.manifestYaml()).isEqualTo(first.manifestYaml());
        assertThat(second.blobs()).usingRecursiveComparison().isEqualTo(first.blobs());
    }

    @Test
    void aCandidateThatForgetsTheFirstDomainIsRefusedAtTheFloorAndSaysSo() throws LearningException {
        Refused refused = (Refused) run(config(0.0, 10));

        assertThat(refused.gate().passed("accuracy-gain")).isTrue();
        assertThat(refused.gate().reasons())
                .singleElement()
                .asString()
                .startsWith("accuracy on 300 examples of the domain that the model was first made for is ")
                .endsWith("points lost, at most 10.00 are allowed");
        assertThat(refused.gate().numbers()).containsKeys("floor/champion", "floor/candidate", "floor/bound");
        assertThat(Objects.requireNonNull(refused.bundle()).manifest().lineage())
                .containsEntry("verdict", "refused");
    }

    private static RoundOutcome run(TrainingConfig config) throws LearningException {
        return new TrainingRound(config, Learners.of(config, champion), () -> 0)
                .run(champion, 4, LABELLED, Map.of(), RoundProgress.SILENT);
    }

    private static TrainingConfig config(double replayRatio, double pointsLost) {
        return TrainingConfig.of(
                "words",
                null,
                null,
                WindowConfig.of(null, null, null, null, 100, 10),
                GateConfig.of(
                        GateMetric.ACCURACY, null, null, null, null, null, null, null, new FloorConfig(pointsLost)),
                null,
                new GradientConfig(5e-3, 0.0, 0.1, 15, 16, 1.0, 15, null, false, replayRatio, 0.0),
                3L);
    }
}
