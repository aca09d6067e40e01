package io.millrace.cli.command;

import io.millrace.cli.output.Listing;
import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.avro.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the commands word the metrics of a version. */
final class MetricTexts {
    private MetricTexts() {}

    /** Everything that is known of a version over a window, by name. */
    static Map<String, Object> facts(Metrics metrics) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("pipeline", metrics.getPipeline());
        facts.put("version", metrics.getVersion());
        if (MetricsWindow.isAll(metrics)) {
            facts.put("window", "all");
        } else {
            facts.put("window_start", metrics.getWindowStart().toString());
            facts.put("window_end", metrics.getWindowEnd().toString());
        }
        facts.put("examples", metrics.getExamples());
        facts.put("positives", metrics.getPositives());
        facts.put("values", new TreeMap<>(metrics.getValues()));
        return facts;
    }

    /** A table for people: one line for each version and window. */
    static Listing table(List<Metrics> metrics) {
        Listing listing = Listing.of(
                "pipeline",
                "version",
                "window",
                "examples",
                "positives",
                "ap",
                "roc_auc",
                "p_at_k",
                "recall",
                "false_pos",
                "log_loss",
                "brier",
                "calibration",
                "delay_days");
        for (Metrics each : metrics) {
            listing.add(
                    each.getPipeline(),
                    each.getVersion(),
                    window(each),
                    each.getExamples(),
                    each.getPositives(),
                    number(each, "average-precision", 1),
                    number(each, "roc-auc", 1),
                    number(each, "precision-at-k", 1),
                    number(each, "recall", 1),
                    number(each, "false-positive-rate", 1),
                    number(each, "log-loss", 1),
                    number(each, "brier", 1),
                    number(each, "calibration-error", 1),
                    number(each, "label-delay-mean-seconds", 86_400));
        }
        return listing;
    }

    private static String window(Metrics metrics) {
        return MetricsWindow.isAll(metrics) ? "all" : metrics.getWindowStart() + " to " + metrics.getWindowEnd();
    }

    private static @Nullable String number(Metrics metrics, String name, double unit) {
        Double value = metrics.getValues().get(name);
        return value == null ? null : String.format(Locale.ROOT, "%.4f", value / unit);
    }
}
