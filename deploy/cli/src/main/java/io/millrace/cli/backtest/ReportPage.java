package io.millrace.cli.backtest;

import io.millrace.cli.backtest.page.Html;
import io.millrace.cli.backtest.page.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report for people: pictures first, then the tables behind them.
 *
 * <p>Threading: confined to one thread.
 */
final class ReportPage {
    private final BacktestReport report;

    ReportPage(BacktestReport report) {
        this.report = report;
    }

    /** One HTML file that needs nothing from outside. */
    String html() {
        Setting setting = report.setting();
        StringBuilder body = new StringBuilder();
        String title = "Backtest of " + setting.pipeline() + " on " + setting.input();
        body.append(Html.element("h1", title));
        body.append("<p class=\"soft\">")
                .append(Html.escape(circumstances(setting)))
                .append("</p>\n");
        if (!report.folds().isEmpty()) {
            folds(body);
        }
        if (!report.weeks().isEmpty()) {
            walk(body);
        }
        body.append(Html.element("h2", "Policy")).append(Html.element("pre", setting.training()));
        return Style.page(title, body.toString());
    }

    private static String circumstances(Setting setting) {
        return String.format(
                Locale.ROOT,
                "%,d events, %,d of them dead-lettered; labels %s late; model %s over %s; learner: %s%s",
                setting.inputRows(),
                setting.deadRows(),
                setting.labelsAfter(),
                setting.model(),
                setting.featureSet(),
                setting.learner(),
                setting.cut() == null ? "" : "; first model trained on " + setting.cut());
    }

    private void folds(StringBuilder body) {
        body.append("<p class=\"lead\">").append(Html.escape(foldsInWords())).append("</p>\n");
        body.append("<div class=\"plots\">\n")
                .append(new FoldPlots(report.folds()).html())
                .append("</div>\n");
        body.append(Html.element("h2", "Folds"));
        List<List<String>> rows = new ArrayList<>();
        for (Fold fold : report.folds()) {
            rows.add(List.of(
                    fold.trainStart(),
                    fold.testStart(),
                    fold.policy(),
                    fold.learner(),
                    Html.number(fold.trainingRows(), 0),
                    Html.number(fold.testRows(), 0),
                    Html.number(fold.testPositives(), 0),
                    Html.number(fold.rocAuc(), 4),
                    Html.number(fold.averagePrecision(), 4),
                    Html.number(fold.cardPrecision100(), 4)));
        }
        for (FoldMean mean : report.foldMeans()) {
            rows.add(List.of(
                    "mean of " + mean.folds(),
                    "",
                    mean.policy(),
                    mean.learner(),
                    "",
                    "",
                    "",
                    Html.number(mean.rocAuc(), 4),
                    Html.number(mean.averagePrecision(), 4),
                    Html.number(mean.cardPrecision100(), 4)));
        }
        body.append(Html.table(
                List.of(
                        "Training week from",
                        "Test week from",
                        "Policy",
                        "Learner",
                        "Learned from",
                        "Judged",
                        "Frauds",
                        "ROC AUC",
                        "Average precision",
                        "CP@100"),
                rows));
    }

    private String foldsInWords() {
        List<String> words = new ArrayList<>();
        for (FoldMean mean : report.foldMeans()) {
            words.add(String.format(
                    Locale.ROOT,
                    "%s %.3f (CP@100 %.3f)",
                    mean.policy(),
                    mean.averagePrecision(),
                    mean.cardPrecision100()));
        }
        return "Average precision, mean over the folds: " + String.join(", ", words) + ".";
    }

    private void walk(StringBuilder body) {
        body.append("<p class=\"lead\">").append(Html.escape(walkInWords())).append("</p>\n");
        body.append("<div class=\"plots\">\n")
                .append(new WalkPlots(report).html())
                .append("</div>\n");
        body.append(Html.element("h2", "Versions and verdicts")).append(versions());
        body.append(Html.element("h2", "Weeks")).append(weeks());
    }

    private String walkInWords() {
        List<Week> whole =
                report.weeks().stream().filter(week -> week.days() == 7).toList();
        double worst = whole.stream()
                .filter(week -> week.gain() != null)
                .mapToDouble(week -> week.gain() == null ? 0 : week.gain())
                .min()
                .orElse(0);
        Week overall = report.overall();
        String all = overall == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Over all judged events, average precision is %s for the static model and %s for the adaptive"
                                + " one. ",
                        text(overall.fixed().averagePrecision()),
                        text(overall.adaptive().averagePrecision()));
        return all
                + String.format(
                        Locale.ROOT,
                        "%s %d versions were accepted, %d refused, %d rounds put off.",
                        worst < 0
                                ? String.format(
                                        Locale.ROOT, "In its worst week the adaptive one is %.4f behind.", -worst)
                                : "In no week is the adaptive one behind.",
                        count("accepted"),
                        count("refused"),
                        count("postponed"));
    }

    private long count(String verdict) {
        return report.versions().stream()
                .filter(entry -> entry.verdict().equals(verdict))
                .count();
    }

    private String versions() {
        List<List<String>> rows = new ArrayList<>();
        for (VersionEntry entry : report.versions()) {
            rows.add(List.of(
                    "<td class=\"nowrap\">" + entry.time().substring(0, 10) + "</td>",
                    "<td class=\"verdict " + entry.verdict() + "\">" + entry.verdict() + "</td>",
                    entry.version() == null ? "" : String.valueOf(entry.version()),
                    Html.escape(entry.trigger()),
                    gain(entry),
                    "<td class=\"reason\">" + Html.escape(String.join("; ", entry.reasons())) + "</td>",
                    Html.escape(entry.notes().getOrDefault("mode", ""))));
        }
        return Html.table(
                List.of("On", "Verdict", "Version", "Due after", "Hold-out", "Why not", "What the learner did"), rows);
    }

    private static String gain(VersionEntry entry) {
        for (String name : entry.compared().keySet()) {
            if (name.endsWith("-gain/champion")) {
                String check = name.substring(0, name.length() - "/champion".length());
                Double champion = entry.compared().get(name);
                Double candidate = entry.compared().get(check + "/candidate");
                return "<td class=\"nowrap\">" + text(champion) + " → " + text(candidate) + "</td>";
            }
        }
        return "";
    }

    private String weeks() {
        List<List<String>> rows = new ArrayList<>();
        for (Week week : report.weeks()) {
            rows.add(List.of(
                    "<td class=\"nowrap\">" + week.start() + (week.days() == 7 ? "" : ", " + week.days() + " days")
                            + "</td>",
                    Html.number(week.rows(), 0),
                    Html.number(week.positives(), 0),
                    text(week.fixed().averagePrecision()),
                    text(week.adaptive().averagePrecision()),
                    text(week.gain()),
                    text(week.fixed().cardPrecision100()),
                    text(week.adaptive().cardPrecision100()),
                    text(week.fixed().rocAuc()),
                    text(week.adaptive().rocAuc())));
        }
        return Html.table(
                List.of(
                        "Week from",
                        "Events",
                        "Frauds",
                        "AP static",
                        "AP adaptive",
                        "Gain",
                        "CP@100 static",
                        "CP@100 adaptive",
                        "AUC static",
                        "AUC adaptive"),
                rows);
    }

    private static String text(@Nullable Double value) {
        return value == null ? "–" : Html.format(value, 4);
    }
}
