package io.millrace.trainer.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.LearnerKind;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.NetworkTemplate;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.round.RoundOutcome.Accepted;
import io.millrace.trainer.trees.BoostedTrees;
import io.millrace.trainer.trees.BoosterBlob;
import io.millrace.trainer.trees.TrainedTrees;
import io.millrace.trainer.trees.TreeEnsembleExport;
import io.millrace.trainer.trees.TreeSettings;
import io.millrace.trainer.trees.TreeTrainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole rounds with the learners there are: each makes a better model, and the same one twice. */
class LearnersTest {
    private static final ExampleSet EXAMPLES = TestModels.examples(6_000, 3);
    private static final TrainingRows FIRST_ROWS = TestModels.examples(400, 4).rows(TestModels.WIDTH);

    @Test
    void treesGoOnFromABoosterAndGiveTheSameBytesTwice() throws LearningException {
        Bundle champion = trees();
        TrainingConfig config = config(null);

        Accepted first = accepted(config, champion);
        Accepted second = accepted(config, champion);

        assertThat(first.bundle().manifest().lineage())
                .containsEntry("learner", "trees")
                .containsEntry("learner-trees-before", "3");
        assertThat(second.bundle().manifestYaml()).isEqualTo(first.bundle().manifestYaml());
    }

    @Test
    void gradientsTuneANetworkAndGiveTheSameBytesTwice() throws LearningException {
        Bundle champion = new NetworkTemplate(List.of(8), 5)
                .bundle(
                        "fraud",
                        Objects.requireNonNull(trees().manifest().featureSet()),
                        List.of("LEGITIMATE", "FRAUD"),
                        FIRST_ROWS);
        TrainingConfig config = config(null);

        Accepted first = accepted(config, champion);
        Accepted second = accepted(config, champion);

        assertThat(first.bundle().manifest().lineage()).containsEntry("learner", "gradient");
        assertThat(second.bundle().manifestYaml()).isEqualTo(first.bundle().manifestYaml());
    }

    @Test
    void aConfiguredLearnerIsTakenWhateverTheChampionIs() {
        assertThat(Learners.of(config(LearnerKind.GRADIENT), trees()).name()).isEqualTo("gradient");
        assertThat(Learners.of(config(LearnerKind.TREES), trees()).name()).isEqualTo("trees");
    }

    private static Accepted accepted(TrainingConfig config, Bundle champion) throws LearningException {
        RoundOutcome outcome = new TrainingRound(config, Learners.of(config, champion))
                .run(champion, 1, EXAMPLES, Map.of(), RoundProgress.SILENT);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return (Accepted) outcome;
    }

    private static TrainingConfig config(@Nullable LearnerKind learner) {
        return TrainingConfig.of(
                "fraud",
                learner,
                null,
                WindowConfig.of(Duration.ofDays(30), null, null, null, null, null),
                // The first model is three stumps, which anything better is slower than.
                GateConfig.of(null, null, null, null, null, null, null, 50.0),
                TreesConfig.of(20, null, null, 0.2, null),
                GradientConfig.of(0.02, null, null, 5, 64, null, null, null, null),
                11L);
    }

    private static Bundle trees() {
        TrainedTrees trees = new TreeTrainer(new TreeSettings(3, 0.1, 1, 1, 1, 0)).train(FIRST_ROWS);
        Bundle plain = TestModels.bundle(TestModels.linear(TestModels.TRUTH));
        return Bundle.of(
                new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                        .featureSet(Objects.requireNonNull(plain.manifest().featureSet()))
                        .build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        TreeEnsembleExport.toOnnx(BoostedTrees.ofXgboostJson(trees.json())),
                        BoosterBlob.PATH,
                        trees.booster()));
    }
}
