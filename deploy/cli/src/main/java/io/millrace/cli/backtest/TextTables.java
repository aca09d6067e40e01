package io.millrace.cli.backtest;

import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report on texts as tables on a terminal. Threading: stateless. */
public final class TextTables {
    private TextTables() {}

    /** Prints windows and versions. */
    public static void print(PrintWriter out, TextReport report) {
        Listing windows = Listing.of("texts", "labelled", "policy", "accuracy", "balanced accuracy");
        for (TextFold fold : report.folds()) {
            windows.add(
                    fold.from() + "-" + fold.to(),
                    fold.texts(),
                    fold.policy(),
                    number(fold.accuracy()),
                    number(fold.balancedAccuracy()));
        }
        for (TextPolicy policy : report.overall()) {
            TextQuality quality = policy.quality();
            windows.add(
                    "all",
                    quality.texts(),
                    policy.policy(),
                    number(quality.accuracy()),
                    number(quality.balancedAccuracy()));
        }
        windows.print(out, false, "");
        out.println();
        Listing versions = Listing.of("after text", "verdict", "version", "trigger", "why not");
        for (TextVersion entry : report.versions()) {
            versions.add(entry.afterEvent(), entry.verdict(), entry.version(), entry.trigger(), entry.reasons());
        }
        versions.print(out, false, "no round was due");
    }

    private static @Nullable String number(@Nullable Double value) {
        return value == null ? null : String.format(Locale.ROOT, "%.4f", value);
    }
}
