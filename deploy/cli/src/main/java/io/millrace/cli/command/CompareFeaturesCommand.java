package io.millrace.cli.command;

import io.millrace.cli.compare.ColumnComparison;
import io.millrace.cli.compare.ComparisonReport;
import io.millrace.cli.compare.ComparisonReport.Example;
import io.millrace.cli.compare.FeatureComparison;
import io.millrace.cli.compare.GoldenFile;
import io.millrace.cli.compare.ScoredFeatures;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.score.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the features of scores against known right ones. */
@Command(
        name = "compare-features",
        description = {
            "Compares the features that scores were made from with a golden file: columns of whole numbers exactly,"
                    + " others to 1e-9 of their value, or to 1e-12 where rounding left that of nothing. Rows may differ"
                    + " only where one customer has two events at the same time, since their order decides; any other"
                    + " difference, or a row that is missing, is exit code 1."
        },
        footer = {
            "  millrace score fraud --config deploy/examples/handbook.yaml --input FILE.csv.gz \\",
            "      --labels-after 7d --emit-features > scores.jsonl",
            "  millrace compare-features --scores scores.jsonl --golden GOLDEN.csv.gz"
        })
final class CompareFeaturesCommand implements Callable<Integer> {

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "FILE",
            description = "What 'score --emit-features' printed, plain or gzipped; - reads standard input.")
    private String scores;

    @Option(
            names = "--golden",
            required = true,
            paramLabel = "FILE",
            description = "CSV with the columns TRANSACTION_ID, CUSTOMER_ID and one a feature, plain or gzipped.")
    private Path golden;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ComparisonReport report = compare();
        PrintWriter out = spec.commandLine().getOut();
        if (json.json()) {
            Listing.printJson(out, report);
        } else {
            print(out, report);
        }
        return report.isAgreed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private ComparisonReport compare() throws IOException {
        try (InputStream goldenBytes = InputFiles.bytes(golden.toString());
                InputStream scoreBytes = InputFiles.bytes(scores)) {
            GoldenFile goldenFile = GoldenFile.read(golden.toString(), goldenBytes);
            try (ScoredFeatures lines =
                            ScoredFeatures.of(goldenFile, scores.equals("-") ? "standard input" : scores, scoreBytes);
                    Progress progress = new Progress(
                            spec.commandLine().getErr(), "scores", 0, Progress.isTerminal(), System::nanoTime)) {
                return new FeatureComparison(goldenFile).run(lines, progress::at);
            }
        }
    }

    private static void print(PrintWriter out, ComparisonReport report) {
        Listing.of("golden rows", "found", "missing", "scored again", "equal", "different", "of these ties")
                .add(
                        report.golden(),
                        report.found(),
                        report.missing(),
                        report.repeated(),
                        report.equal(),
                        report.different(),
                        report.ties())
                .print(out, false, "");
        out.println();
        Listing columns = Listing.of("column", "compared", "different", "different ties", "worst relative difference");
        for (ColumnComparison column : report.columns()) {
            columns.add(
                    column.column(),
                    column.exact() ? "exactly" : "to 1e-9",
                    column.different(),
                    column.differentTies(),
                    String.format(Locale.ROOT, "%.1e", column.worstRelativeDifference()));
        }
        columns.print(out, false, "no column was compared: the scores have none of the golden rows");
        if (!report.notCompared().isEmpty()) {
            out.println("no feature of the scores, so not compared: " + String.join(", ", report.notCompared()));
        }
        for (Example example : report.examples()) {
            out.println((example.tie() ? "tie " : "row ") + example.id() + ": " + example.column() + " is "
                    + example.golden() + " in the golden file, " + example.scored() + " in the scores");
        }
        out.println(verdict(report));
    }

    private static String verdict(ComparisonReport report) {
        if (report.missing() > 0) {
            return "WRONG: golden rows are missing in the scores";
        }
        if (!report.isAgreed()) {
            return "WRONG: rows differ that are no ties";
        }
        return report.different() == 0
                ? "equal: every golden row"
                : "equal: every golden row, aside from events of one customer at the same time";
    }
}
