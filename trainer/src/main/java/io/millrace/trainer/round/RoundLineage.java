package io.millrace.trainer.round;

import io.millrace.inference.config.StrictYaml;
import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.RankingMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.CodeVersions;
import io.millrace.trainer.config.GateMetric;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gate.Check;
import io.millrace.trainer.gate.Comparison;
import io.millrace.trainer.gate.Gate;
import io.millrace.trainer.gate.GateMetrics;
import io.millrace.trainer.gate.GateReport;
import io.millrace.trainer.quantize.Int8Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a version came from, for its manifest: enough to make it again. Nothing in it depends on the clock, so what the
 * gate measured in time is left out.
 *
 * <p>Threading: immutable.
 */
record RoundLineage(
        TrainingConfig config,
        String learner,
        Map<String, String> source,
        RoundSplit split,
        Map<String, String> learnerNotes,
        Comparison holdOut,
        Scoring.Threshold threshold,
        GateReport gate,
        @Nullable Int8Outcome int8) {

    /** In the order in which a reader asks. */
    Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(LineageKeys.CODE, CodeVersions.ofThisBuild().ofAllLearners());
        entries.put(LineageKeys.LEARNER, learner);
        entries.put(LineageKeys.SEED, String.valueOf(config.seed()));
        entries.putAll(source);
        entries.put(LineageKeys.SETTINGS, StrictYaml.write(config));
        entries.put("training", text(split.training()));
        entries.put("validation", text(split.validation()));
        entries.put("hold-out", text(split.holdOut()));
        entries.put("replay", text(split.replay()));
        learnerNotes.forEach((key, value) -> entries.put("learner-" + key, value));
        ScoredLabels champion = new ScoredLabels(holdOut.champion(), holdOut.positives());
        ScoredLabels candidate = new ScoredLabels(holdOut.candidate(), holdOut.positives());
        entries.put(LineageKeys.HOLD_OUT_ROC_AUC, number(RankingMetrics.rocAuc(candidate)));
        entries.put(LineageKeys.HOLD_OUT_AVERAGE_PRECISION, number(RankingMetrics.averagePrecision(candidate)));
        entries.put(LineageKeys.HOLD_OUT_LOG_LOSS, number(ProbabilityMetrics.logLoss(candidate)));
        entries.put("hold-out-brier", number(ProbabilityMetrics.brier(candidate)));
        entries.put("champion-roc-auc", number(RankingMetrics.rocAuc(champion)));
        entries.put("champion-average-precision", number(RankingMetrics.averagePrecision(champion)));
        entries.put("champion-log-loss", number(ProbabilityMetrics.logLoss(champion)));
        entries.put("champion-brier", number(ProbabilityMetrics.brier(champion)));
        if (holdOut.decisions() != null) {
            for (GateMetric metric : List.of(GateMetric.ACCURACY, GateMetric.BALANCED_ACCURACY)) {
                String name = GateMetrics.name(metric);
                entries.put("hold-out-" + name, number(GateMetrics.ofCandidate(metric, holdOut)));
                entries.put("champion-" + name, number(GateMetrics.ofChampion(metric, holdOut)));
            }
        }
        entries.put("threshold", threshold.reason());
        boolean passed = true;
        for (Check check : gate.checks()) {
            if (!check.name().equals(Gate.SLOWDOWN)) {
                passed &= check.passed();
                entries.put("gate-" + check.name(), check.sentence());
            }
        }
        if (int8 != null) {
            entries.putAll(int8.lineage());
        }
        entries.put("verdict", passed ? "accepted" : "refused");
        return entries;
    }

    private static String text(ExampleSet examples) {
        int size = examples.size();
        if (size == 0) {
            return "none";
        }
        return Instant.ofEpochMilli(examples.examples().get(0).eventTimeMillis()) + " to "
                + Instant.ofEpochMilli(examples.examples().get(size - 1).eventTimeMillis()) + ", " + size
                + " examples, "
                + examples.count(1) + " positive";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
