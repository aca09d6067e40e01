package io.millrace.trainer.pretrain;

import io.millrace.inference.metrics.CardPrecision;
import io.millrace.inference.metrics.CardPrecision.CardRow;
import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.RankingMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.data.FeatureTable;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a model finds frauds among some rows.
 *
 * <p>Threading: immutable.
 *
 * @param rows how many rows were scored
 * @param frauds how many of them are frauds
 * @param rocAuc area under the receiver operating characteristic
 * @param averagePrecision area under the precision-recall curve
 * @param cardPrecisionAt100 share of compromised cards among the 100 looked into each day
 * @param logLoss mean surprise
 * @param brier mean squared miss
 */
public record FraudQuality(
        int rows,
        int frauds,
        double rocAuc,
        double averagePrecision,
        double cardPrecisionAt100,
        double logLoss,
        double brier) {

    private static final int CARDS_PER_DAY = 100;

    /**
     * Judges scores.
     *
     * @param rows row numbers in the table
     * @param scores one for each of the rows
     * @param cardPlace place of the card among the keys of the table
     */
    public static FraudQuality of(FeatureTable table, int[] rows, double[] scores, int cardPlace) {
        ScoredLabels scored = new ScoredLabels(scores, table.positives(rows));
        List<CardRow> cards = new ArrayList<>(rows.length);
        for (int place = 0; place < rows.length; place++) {
            int row = rows[place];
            cards.add(new CardRow(
                    Math.toIntExact(table.day(row)), table.key(row, cardPlace), scores[place], table.positive(row)));
        }
        return new FraudQuality(
                rows.length,
                scored.positiveCount(),
                RankingMetrics.rocAuc(scored),
                RankingMetrics.averagePrecision(scored),
                CardPrecision.atK(cards, CARDS_PER_DAY),
                ProbabilityMetrics.logLoss(scored),
                ProbabilityMetrics.brier(scored));
    }
}
