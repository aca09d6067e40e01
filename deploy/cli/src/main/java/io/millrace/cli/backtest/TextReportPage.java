package io.millrace.cli.backtest;

import io.millrace.cli.backtest.page.Html;
import io.millrace.cli.backtest.page.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report on texts for people: pictures first, then the tables behind them.
 *
 * <p>Threading: confined to one thread.
 */
final class TextReportPage {
    private static final String CHAMPION = "/champion";

    private final TextReport report;

    TextReportPage(TextReport report) {
        this.report = report;
    }

    /** One HTML file that needs nothing from outside. */
    String html() {
        TextSetting setting = report.setting();
        String title = "Backtest of " + setting.pipeline() + " on " + setting.input();
        String circumstances = String.format(
                Locale.ROOT,
                "%,d texts, %,d of them with a label that counts, %,d dead-lettered; labels %s late; model %s, precision"
                        + " %s; learner: %s",
                setting.inputRows(),
                setting.judgedRows(),
                setting.deadRows(),
                setting.labelsAfter(),
                setting.model(),
                setting.precision(),
                setting.learner());
        String body = Html.element("h1", title)
                + "<p class=\"soft\">" + Html.escape(circumstances) + "</p>\n"
                + "<p class=\"lead\">" + Html.escape(inWords()) + "</p>\n"
                + "<div class=\"plots\">\n" + new TextPlots(report).html() + confusion() + "</div>\n"
                + Html.element("h2", "Over all labelled texts") + overall()
                + Html.element("h2", "Versions and verdicts") + versions()
                + Html.element("h2", "Windows") + windows()
                + Html.element("h2", "Policy") + Html.element("pre", setting.training());
        return Style.page(title, body);
    }

    private String inWords() {
        TextQuality fixed = report.overall().get(0).quality();
        TextQuality adaptive = report.overall().get(1).quality();
        return String.format(
                Locale.ROOT,
                "Over all labelled texts, accuracy is %s for the static model and %s for the adaptive one; balanced"
                        + " accuracy %s and %s. %s, %s and %s.",
                text(fixed.accuracy()),
                text(adaptive.accuracy()),
                text(fixed.balancedAccuracy()),
                text(adaptive.balancedAccuracy()),
                versions("accepted", "version was accepted", "versions were accepted"),
                versions("refused", "was refused", "were refused"),
                versions("postponed", "round was put off", "rounds were put off"));
    }

    private String versions(String verdict, String one, String many) {
        long count = report.versions().stream()
                .filter(entry -> entry.verdict().equals(verdict))
                .count();
        return count + " " + (count == 1 ? one : many);
    }

    private String confusion() {
        List<String> classes = report.setting().classes();
        List<String> columns = new ArrayList<>(List.of("Policy", "Labelled"));
        classes.forEach(name -> columns.add("Said: " + name));
        columns.add("Found");
        List<List<String>> rows = new ArrayList<>();
        for (TextPolicy policy : report.overall()) {
            List<List<Integer>> confusion = policy.quality().confusion();
            for (int truth = 0; truth < classes.size(); truth++) {
                List<Integer> counts = confusion.get(truth);
                int texts = counts.stream().mapToInt(Integer::intValue).sum();
                List<String> row = new ArrayList<>();
                row.add("<td class=\"" + policy.policy() + "\">" + policy.policy() + "</td>");
                row.add(Html.escape(classes.get(truth)));
                counts.forEach(count -> row.add(Html.number(count, 0)));
                row.add(text(texts == 0 ? null : (double) counts.get(truth) / texts));
                rows.add(row);
            }
        }
        return "<figure>\n" + Html.element("figcaption", "Confusion over all labelled texts") + "<p></p>"
                + Html.table(columns, rows) + "</figure>\n";
    }

    private String overall() {
        List<List<String>> rows = new ArrayList<>();
        for (TextPolicy policy : report.overall()) {
            TextQuality quality = policy.quality();
            rows.add(List.of(
                    policy.policy(),
                    Html.number(quality.texts(), 0),
                    text(quality.accuracy()),
                    text(quality.balancedAccuracy()),
                    text(quality.calibrationError())));
        }
        return Html.table(List.of("Policy", "Texts", "Accuracy", "Balanced accuracy", "Calibration error"), rows);
    }

    private String versions() {
        if (report.versions().isEmpty()) {
            return Html.element("p", "No round was due.");
        }
        List<List<String>> rows = new ArrayList<>();
        for (TextVersion entry : report.versions()) {
            rows.add(List.of(
                    "<td class=\"number\">" + Html.format(entry.afterEvent()) + "</td>",
                    "<td class=\"verdict " + entry.verdict() + "\">" + entry.verdict() + "</td>",
                    entry.version() == null ? "" : String.valueOf(entry.version()),
                    Html.escape(entry.trigger()),
                    compared(entry),
                    "<td class=\"reason\">" + Html.escape(String.join("; ", entry.reasons())) + "</td>"));
        }
        return Html.table(List.of("After text", "Verdict", "Version", "Due after", "Compared", "Why not"), rows);
    }

    /** Each check's number of the champion and of the candidate. */
    private static String compared(TextVersion entry) {
        List<String> lines = new ArrayList<>();
        entry.compared().forEach((name, champion) -> {
            if (name.endsWith(CHAMPION)) {
                String check = name.substring(0, name.length() - CHAMPION.length());
                Double candidate = entry.compared().get(check + "/candidate");
                if (candidate != null) {
                    lines.add(Html.escape(check) + " " + text(champion) + " → " + text(candidate));
                }
            }
        });
        return "<td class=\"nowrap\">" + String.join("<br>", lines) + "</td>";
    }

    private String windows() {
        List<List<String>> rows = new ArrayList<>();
        for (int place = 0; place + 1 < report.folds().size(); place += 2) {
            TextFold fixed = report.folds().get(place);
            TextFold adaptive = report.folds().get(place + 1);
            rows.add(List.of(
                    Html.format(fixed.from()) + " to " + Html.format(fixed.to()),
                    Html.number(fixed.texts(), 0),
                    text(fixed.accuracy()),
                    text(adaptive.accuracy()),
                    text(fixed.balancedAccuracy()),
                    text(adaptive.balancedAccuracy())));
        }
        return Html.table(
                List.of(
                        "Texts",
                        "Labelled",
                        "Accuracy static",
                        "Accuracy adaptive",
                        "Balanced static",
                        "Balanced adaptive"),
                rows);
    }

    private static String text(@Nullable Double value) {
        return value == null ? "–" : Html.format(value, 4);
    }
}
