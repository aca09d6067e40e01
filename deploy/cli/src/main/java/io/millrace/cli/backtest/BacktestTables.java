package io.millrace.cli.backtest;

import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report as tables on a terminal. Threading: stateless. */
public final class BacktestTables {
    private BacktestTables() {}

    /** Prints what the report has: folds, or weeks and versions. */
    public static void print(PrintWriter out, BacktestReport report) {
        if (!report.folds().isEmpty()) {
            folds(out, report);
        }
        if (!report.weeks().isEmpty()) {
            weeks(out, report);
        }
    }

    private static void folds(PrintWriter out, BacktestReport report) {
        Listing folds = Listing.of("train from", "test from", "policy", "learner", "AUC", "AP", "CP@100");
        for (Fold fold : report.folds()) {
            folds.add(
                    fold.trainStart(),
                    fold.testStart(),
                    fold.policy(),
                    fold.learner(),
                    number(fold.rocAuc()),
                    number(fold.averagePrecision()),
                    number(fold.cardPrecision100()));
        }
        for (FoldMean mean : report.foldMeans()) {
            folds.add(
                    "mean of " + mean.folds(),
                    null,
                    mean.policy(),
                    mean.learner(),
                    number(mean.rocAuc()),
                    number(mean.averagePrecision()),
                    number(mean.cardPrecision100()));
        }
        folds.print(out, false, "");
    }

    private static void weeks(PrintWriter out, BacktestReport report) {
        Listing weeks =
                Listing.of("week from", "events", "positive", "AP static", "AP adaptive", "CP static", "CP adaptive");
        for (Week week : report.weeks()) {
            add(weeks, week.start(), week);
        }
        if (report.overall() != null) {
            add(weeks, "all", report.overall());
        }
        weeks.print(out, false, "");
        out.println();
        Listing versions = Listing.of("time", "verdict", "version", "trigger", "why not");
        for (VersionEntry entry : report.versions()) {
            versions.add(entry.time(), entry.verdict(), entry.version(), entry.trigger(), entry.reasons());
        }
        versions.print(out, false, "no round was due");
    }

    private static void add(Listing weeks, String name, Week week) {
        weeks.add(
                name,
                week.rows(),
                week.positives(),
                number(week.fixed().averagePrecision()),
                number(week.adaptive().averagePrecision()),
                number(week.fixed().cardPrecision100()),
                number(week.adaptive().cardPrecision100()));
    }

    private static @Nullable String number(@Nullable Double value) {
        return value == null ? null : String.format(Locale.ROOT, "%.4f", value);
    }
}
