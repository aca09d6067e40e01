package io.millrace.trainer.pretrain;

import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.trainer.CodeVersions;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.round.LineageKeys;
import io.millrace.trainer.trees.TreeSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a model came from, for its manifest. Nothing in it depends on the clock or on where files lie.
 *
 * <p>Threading: immutable.
 */
record FraudLineage(
        PretrainingSettings settings,
        DaySplit split,
        String contentSha256,
        int fileRows,
        TrainingRows training,
        FraudQuality holdOut,
        DecisionThreshold threshold,
        double parity) {

    /** In the order in which a reader asks. */
    Map<String, String> entries() {
        TreeSettings trees = settings.trees();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("code", CodeVersions.ofThisBuild().text());
        entries.put("seed", String.valueOf(trees.seed()));
        entries.put("trees", trees.describe());
        entries.put("data-sha256", contentSha256);
        entries.put("data-rows", String.valueOf(fileRows));
        entries.put("label-delay", settings.labelDelay().toString());
        entries.put("feature-set-hash", settings.features().hash());
        entries.put(
                "training",
                split.trainingFirst() + " to " + split.trainingLast() + ", " + training.rows() + " rows, "
                        + training.positiveCount() + " positive");
        entries.put(
                "hold-out",
                split.holdOutFirst() + " to " + split.holdOutLast() + ", " + holdOut.rows() + " rows, "
                        + holdOut.frauds() + " positive");
        entries.put(LineageKeys.HOLD_OUT_ROC_AUC, number(holdOut.rocAuc()));
        entries.put(LineageKeys.HOLD_OUT_AVERAGE_PRECISION, number(holdOut.averagePrecision()));
        entries.put("hold-out-card-precision-at-100", number(holdOut.cardPrecisionAt100()));
        entries.put(LineageKeys.HOLD_OUT_LOG_LOSS, number(holdOut.logLoss()));
        entries.put("hold-out-brier", number(holdOut.brier()));
        entries.put(
                "threshold",
                "highest F1 on the hold-out: precision " + number(threshold.precision()) + ", recall "
                        + number(threshold.recall()));
        entries.put("export-parity", String.format(Locale.ROOT, "%.1e", parity));
        return entries;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
