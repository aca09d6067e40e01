package io.millrace.cli.backtest;

import io.millrace.cli.backtest.page.Axis;
import io.millrace.cli.backtest.page.Html;
import io.millrace.cli.backtest.page.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A backtest of texts as pictures.
 *
 * <p>Threading: confined to one thread.
 */
final class TextPlots {
    private final TextReport report;

    TextPlots(TextReport report) {
        this.report = report;
    }

    String html() {
        return overStream("Accuracy", TextFold::accuracy)
                + overStream("Balanced accuracy", TextFold::balancedAccuracy)
                + reliability();
    }

    private String overStream(String name, Function<TextFold, @Nullable Double> number) {
        List<Plot.Point> fixed = points(TextFold.STATIC, number);
        List<Plot.Point> adaptive = points(TextFold.ADAPTIVE, number);
        List<Double> values = new ArrayList<>();
        fixed.forEach(point -> values.add(point.y()));
        adaptive.forEach(point -> values.add(point.y()));
        String title = String.format(
                Locale.ROOT,
                "%s, in windows of %,d texts",
                name,
                report.setting().window());
        return Plot.wide(
                        title,
                        Axis.numbers("text", 0, report.setting().inputRows()),
                        Axis.around(name.toLowerCase(Locale.ROOT), values))
                .marks("accepted", "accepted", marks("accepted"), true)
                .marks("refused", "refused", marks("refused"), false)
                .marks("postponed", "put off", marks("postponed"), false)
                .line("static", "static", fixed, true)
                .line("adaptive", "adaptive", adaptive, true)
                .figure();
    }

    /** Each window's number in the middle of its texts. */
    private List<Plot.Point> points(String policy, Function<TextFold, @Nullable Double> number) {
        List<Plot.Point> points = new ArrayList<>();
        for (TextFold fold : report.folds()) {
            Double value = number.apply(fold);
            if (fold.policy().equals(policy) && value != null) {
                String text =
                        String.format(Locale.ROOT, "%s, texts %,d to %,d: %.4f", policy, fold.from(), fold.to(), value);
                points.add(new Plot.Point((fold.from() + fold.to()) / 2.0, value, text));
            }
        }
        return points;
    }

    private List<Plot.Point> marks(String verdict) {
        List<Plot.Point> points = new ArrayList<>();
        for (TextVersion entry : report.versions()) {
            if (entry.verdict().equals(verdict)) {
                String version = entry.version() == null ? "" : " as version " + entry.version();
                String why = entry.reasons().isEmpty() ? "" : ": " + String.join("; ", entry.reasons());
                String text = "after text " + Html.format(entry.afterEvent()) + " " + verdict + version + why;
                points.add(new Plot.Point((double) entry.afterEvent(), 0, text));
            }
        }
        return points;
    }

    private String reliability() {
        Plot plot = Plot.narrow(
                "Calibration: of texts it was so sure of, how many it got right",
                Axis.share("mean confidence"),
                Axis.share("share right"));
        plot.line("ideal", "ideal", List.of(new Plot.Point(0, 0, ""), new Plot.Point(1, 1, "")), false);
        for (TextPolicy policy : report.overall()) {
            List<Plot.Point> points = new ArrayList<>();
            for (TextQuality.Bin bin : policy.quality().reliability()) {
                String text = String.format(
                        Locale.ROOT,
                        "%s, %,d texts, %.3f sure on average: %.3f are right",
                        policy.policy(),
                        bin.texts(),
                        bin.confidence(),
                        bin.accuracy());
                points.add(new Plot.Point(bin.confidence(), bin.accuracy(), text));
            }
            plot.line(policy.policy(), policy.policy(), points, true);
        }
        return plot.figure();
    }
}
