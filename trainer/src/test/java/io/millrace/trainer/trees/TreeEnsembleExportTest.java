package io.millrace.trainer.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.trainer.data.TrainingRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeEnsembleExportTest {

    private static final TrainedTrees TREES =
            new TreeTrainer(new TreeSettings(50, 0.3, 6, 1, 1, 7)).train(TreeRows.rows(5_000, 1));

    @Test
    void theStreamsScorerGivesWhatTheTreesGiveAlsoForMissingValues() throws ModelRefusedException {
        TrainingRows unseen = TreeRows.rows(4_000, 2);
        long openBefore = LoadedModel.openSessions();

        double worst;
        try (LoadedModel model = load(BoostedTrees.ofXgboostJson(TREES.json()))) {
            worst = ParityCheck.requireEqual(model, unseen, TreeTrainer.probabilities(TREES, unseen))
                    .worst();
        }

        assertThat(worst).isLessThanOrEqualTo(1e-6);
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void valuesOnASplitGoTheWayXgboostSendsThem() throws ModelRefusedException {
        BoostedTrees boosted = BoostedTrees.ofXgboostJson(TREES.json());
        List<BoostedTrees.Node> branches = boosted.trees().stream()
                .flatMap(List::stream)
                .filter(node -> !node.isLeaf())
                .limit(500)
                .toList();
        float[] values = new float[branches.size() * TreeRows.WIDTH];
        for (int row = 0; row < branches.size(); row++) {
            values[row * TreeRows.WIDTH + branches.get(row).feature()] =
                    branches.get(row).value();
        }
        TrainingRows onSplits = new TrainingRows(values, new float[branches.size()], TreeRows.WIDTH);

        try (LoadedModel model = load(boosted)) {
            double worst = ParityCheck.requireEqual(model, onSplits, TreeTrainer.probabilities(TREES, onSplits))
                    .worst();

            assertThat(worst).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void anExportThatScoresOtherwiseFailsWithTheNumbers() throws ModelRefusedException {
        TrainingRows rows = TreeRows.rows(10, 3);
        float[] wrong = TreeTrainer.probabilities(TREES, rows);
        wrong[4] += 0.01f;

        try (LoadedModel model = load(BoostedTrees.ofXgboostJson(TREES.json()))) {
            assertThatThrownBy(() -> ParityCheck.requireEqual(model, rows, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("row 4")
                    .hasMessageContaining("1.0E-5");
        }
    }

    @Test
    void theSameTreesGiveTheSameBytes() {
        BoostedTrees boosted = BoostedTrees.ofXgboostJson(TREES.json());

        assertThat(TreeEnsembleExport.toOnnx(boosted)).isEqualTo(TreeEnsembleExport.toOnnx(boosted));
    }

    @Test
    void anotherObjectiveIsRefusedByName() {
        String json = new String(TREES.json(), StandardCharsets.UTF_8).replace("binary:logistic", "reg:squarederror");

        assertThatThrownBy(() -> BoostedTrees.ofXgboostJson(json.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("objective must be binary:logistic, was 'reg:squarederror'");
        assertThatThrownBy(() -> BoostedTrees.ofXgboostJson("{".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("not XGBoost's JSON");
    }

    private static LoadedModel load(BoostedTrees boosted) throws ModelRefusedException {
        List<FeatureDefinition> fields = new ArrayList<>();
        for (int column = 0; column < boosted.width(); column++) {
            fields.add(new FieldFeature("f" + column, "f" + column));
        }
        Bundle bundle = Bundle.of(
                new ManifestBuilder("trees", Task.BINARY_CLASSIFICATION, List.of("NO", "YES"))
                        .featureSet(new FeatureSet("fields", "UTC", fields))
                        .build(),
                Map.of(Bundle.MODEL_BLOB, TreeEnsembleExport.toOnnx(boosted)));
        return new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 512).load(new ModelRef("trees", 1), bundle);
    }
}
