package io.millrace.cli.backtest;

import io.millrace.cli.backtest.page.Axis;
import io.millrace.cli.backtest.page.Html;
import io.millrace.cli.backtest.page.Plot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The walk as pictures.
 *
 * <p>Threading: confined to one thread.
 */
final class WalkPlots {
    private static final double DAY_MILLIS = 86_400_000;
    private static final double BAR_WIDTH = 0.8;

    private final BacktestReport report;

    WalkPlots(BacktestReport report) {
        this.report = report;
    }

    String html() {
        return byWeek("Average precision by week", "average precision", Quality::averagePrecision)
                + byWeek("Card precision at 100 by week", "CP@100", Quality::cardPrecision100)
                + precisionRecall()
                + calibration()
                + labelDelay();
    }

    private String byWeek(String title, String label, Function<Quality, @Nullable Double> number) {
        List<Week> weeks = report.weeks();
        LocalDate from = LocalDate.parse(weeks.get(0).start());
        Week last = weeks.get(weeks.size() - 1);
        LocalDate to = LocalDate.parse(last.start()).plusDays(last.days() - 1L);
        List<Plot.Point> fixed = points(weeks, Week::fixed, number);
        List<Plot.Point> adaptive = points(weeks, Week::adaptive, number);
        List<Double> values = Stream.concat(fixed.stream(), adaptive.stream())
                .map(Plot.Point::y)
                .toList();
        return Plot.wide(title, Axis.days("week", from, to), Axis.around(label, values))
                .marks("accepted", "accepted", marks("accepted", from), true)
                .marks("refused", "refused", marks("refused", from), false)
                .marks("postponed", "put off", marks("postponed", from), false)
                .line("static", "static", fixed, true)
                .line("adaptive", "adaptive", adaptive, true)
                .figure();
    }

    /** Each week's number in the middle of its days. */
    private static List<Plot.Point> points(
            List<Week> weeks, Function<Week, Quality> model, Function<Quality, @Nullable Double> number) {
        List<Plot.Point> points = new ArrayList<>();
        for (Week week : weeks) {
            Double value = number.apply(model.apply(week));
            if (value != null) {
                double day = LocalDate.parse(week.start()).toEpochDay() + week.days() / 2.0;
                points.add(new Plot.Point(day, value, week.start() + ": " + Html.format(value, 4)));
            }
        }
        return points;
    }

    private List<Plot.Point> marks(String verdict, LocalDate from) {
        List<Plot.Point> points = new ArrayList<>();
        for (VersionEntry entry : report.versions()) {
            double day = Instant.parse(entry.time()).toEpochMilli() / DAY_MILLIS;
            if (entry.verdict().equals(verdict) && day >= from.toEpochDay()) {
                String version = entry.version() == null ? "" : " as version " + entry.version();
                String why = entry.reasons().isEmpty() ? "" : ": " + String.join("; ", entry.reasons());
                points.add(new Plot.Point(day, 0, entry.time().substring(0, 10) + " " + verdict + version + why));
            }
        }
        return points;
    }

    private String precisionRecall() {
        Plot plot = Plot.narrow(
                "Precision and recall over all judged events", Axis.share("recall"), Axis.share("precision"));
        for (Curve curve : report.curves()) {
            plot.line(
                    curve.name(),
                    curve.name(),
                    curve.precisionRecall().stream()
                            .map(point -> new Plot.Point(point.recall(), point.precision(), ""))
                            .toList(),
                    false);
        }
        return plot.figure();
    }

    private String calibration() {
        Plot plot = Plot.narrow(
                "Calibration: of events scored so, how many are frauds",
                Axis.share("mean score"),
                Axis.share("share of frauds"));
        plot.line("ideal", "ideal", List.of(new Plot.Point(0, 0, ""), new Plot.Point(1, 1, "")), false);
        for (Curve curve : report.curves()) {
            List<Plot.Point> points = new ArrayList<>();
            for (Curve.Bin bin : curve.calibration()) {
                String text = String.format(
                        Locale.ROOT,
                        "%s, %,d events scored %.3f on average: %.3f are frauds",
                        curve.name(),
                        bin.rows(),
                        bin.meanScore(),
                        bin.positiveShare());
                points.add(new Plot.Point(bin.meanScore(), bin.positiveShare(), text));
            }
            plot.line(curve.name(), curve.name(), points, true);
        }
        return plot.figure();
    }

    private String labelDelay() {
        long all = report.labelDelay().stream().mapToLong(DelayBin::labels).sum();
        List<Plot.Point> bars = new ArrayList<>();
        int latest = 0;
        for (DelayBin bin : report.labelDelay()) {
            String text = String.format(Locale.ROOT, "%,d labels came %d days late", bin.labels(), bin.days());
            bars.add(new Plot.Point(bin.days(), (double) bin.labels() / Math.max(1, all), text));
            latest = Math.max(latest, bin.days());
        }
        List<String> names =
                IntStream.rangeClosed(0, latest + 1).mapToObj(String::valueOf).toList();
        if (bars.isEmpty()) {
            return "";
        }
        return Plot.narrow(
                        String.format(Locale.ROOT, "Label delay: %,d labels", all),
                        Axis.places("days from event to label", names),
                        Axis.share("share of labels"))
                .bars("adaptive", bars, BAR_WIDTH)
                .figure();
    }
}
