package io.millrace.trainer.gate;

import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import org.jspecify.annotations.Nullable;

/**
 * What one model says of rows.
 *
 * <p>Threading: immutable.
 *
 * @param scored its scores of the positive class, which of several is the last
 * @param decided what it decides; null where its threshold is yet to be chosen
 */
record Answers(ScoredLabels scored, @Nullable Decided decided) {

    /** The decisions; where the threshold is yet to be chosen, those at the cut with the best F1 on these rows. */
    Decided decisions() {
        if (decided != null) {
            return decided;
        }
        double cut = scored.positiveCount() == 0
                ? 1
                : DecisionThreshold.bestF1(scored).value();
        int[] decisions = new int[scored.size()];
        int[] truth = new int[decisions.length];
        for (int row = 0; row < decisions.length; row++) {
            decisions[row] = scored.scores()[row] >= cut ? 1 : 0;
            truth[row] = scored.positives()[row] ? 1 : 0;
        }
        return new Decided(2, decisions, truth);
    }
}
