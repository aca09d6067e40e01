package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.data.FeatureTable;
import io.millrace.trainer.pretrain.FraudQuality;
import org.jspecify.annotations.Nullable;

/**
 * How well some rows were scored; null where it is not defined, as without a positive row.
 *
 * <p>Threading: immutable.
 *
 * @param cardPrecision100 mean over the days of the share of compromised cards among the 100 of highest score; a card
 *     that was found is not looked at again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Quality(
        @Nullable Double rocAuc,
        @Nullable Double averagePrecision,
        @Nullable Double cardPrecision100,
        @Nullable Double logLoss,
        @Nullable Double brier) {

    private static final double DIGITS = 1e6;

    /**
     * Judges rows of a table.
     *
     * @param scores one for each of the rows
     * @param cardPlace place of the card among the keys
     */
    static Quality of(FeatureTable table, int[] rows, double[] scores, int cardPlace) {
        int positives = new ScoredLabels(scores, table.positives(rows)).positiveCount();
        if (positives == 0 || positives == rows.length) {
            return new Quality(null, null, null, null, null);
        }
        FraudQuality quality = FraudQuality.of(table, rows, scores, cardPlace);
        return new Quality(
                rounded(quality.rocAuc()),
                rounded(quality.averagePrecision()),
                rounded(quality.cardPrecisionAt100()),
                rounded(quality.logLoss()),
                rounded(quality.brier()));
    }

    /** Six digits are more than chance leaves certain, and make the report easier to read. */
    static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
