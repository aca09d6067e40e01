package io.millrace.trainer.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.RankingMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.data.TrainingRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeTrainerTest {

    private static final TreeSettings SETTINGS = new TreeSettings(20, 0.3, 4, 1, 1, 7);
    private static final TrainingRows ROWS = TreeRows.rows(3_000, 1);
    private static final TrainingRows LATER_ROWS = TreeRows.rows(3_000, 2);

    @Test
    void theSameRowsAndSeedGiveTheSameBytes() {
        TrainedTrees first = new TreeTrainer(SETTINGS).train(ROWS);
        TrainedTrees second = new TreeTrainer(SETTINGS).train(ROWS);

        assertThat(second.booster()).isEqualTo(first.booster());
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void learnsWhatRowsHaveInCommon() {
        TrainedTrees trees = new TreeTrainer(SETTINGS).train(ROWS);

        assertThat(RankingMetrics.rocAuc(judge(trees, LATER_ROWS))).isGreaterThan(0.7);
    }

    @Test
    void continuesFromABoosterByAddingTreesAndKeepingTheOldOnes() {
        TrainedTrees base = new TreeTrainer(SETTINGS).train(ROWS);

        TrainedTrees continued = new TreeTrainer(SETTINGS).continueFrom(base.booster(), LATER_ROWS);

        BoostedTrees before = BoostedTrees.ofXgboostJson(base.json());
        BoostedTrees after = BoostedTrees.ofXgboostJson(continued.json());
        TrainingRows unseen = TreeRows.rows(3_000, 3);
        assertThat(after.trees()).hasSize(40);
        assertThat(after.trees().subList(0, 20)).isEqualTo(before.trees());
        assertThat(ProbabilityMetrics.logLoss(judge(continued, unseen)))
                .isLessThan(ProbabilityMetrics.logLoss(judge(base, unseen)));
    }

    @Test
    void rowsOfOneClassAreRefusedWithTheirCount() {
        TrainingRows negatives = new TrainingRows(new float[4], new float[2], 2);

        assertThatThrownBy(() -> new TreeTrainer(SETTINGS).train(negatives))
                .hasMessageContaining("0 positive of 2")
                .hasMessageContaining("longer training period");
    }

    @Test
    void impossibleSettingsAreRefusedByNameAndValue() {
        assertThatThrownBy(() -> new TreeSettings(0, 0.1, 3, 1, 1, 0)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new TreeSettings(1, 1.5, 3, 1, 1, 0)).hasMessageContaining("was 1.5");
        assertThatThrownBy(() -> new TreeSettings(1, 0.1, 0, 1, 1, 0)).hasMessageContaining("depth");
        assertThatThrownBy(() -> new TreeSettings(1, 0.1, 3, -1, 1, 0)).hasMessageContaining("min child weight");
        assertThatThrownBy(() -> new TreeSettings(1, 0.1, 3, 1, -1, 0)).hasMessageContaining("lambda");
    }

    private static ScoredLabels judge(TrainedTrees trees, TrainingRows rows) {
        float[] probabilities = TreeTrainer.probabilities(trees, rows);
        boolean[] positives = new boolean[rows.rows()];
        for (int row = 0; row < positives.length; row++) {
            positives[row] = rows.labels()[row] > 0;
        }
        double[] scores = IntStream.range(0, probabilities.length)
                .mapToDouble(row -> probabilities[row])
                .toArray();
        return new ScoredLabels(scores, positives);
    }
}
