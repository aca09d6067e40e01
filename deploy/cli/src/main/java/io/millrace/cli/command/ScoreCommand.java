package io.millrace.cli.command;

import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.cli.score.LabelValues;
import io.millrace.cli.score.ScoreRun;
import io.millrace.cli.score.ScoreSummary;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a file through the real topology on a broker of its own. */
@Command(
        name = "score",
        description = {
            "Scores a file with the topology that 'up' runs: a real broker of its own, exactly-once, late labels.",
            "Prints one JSON object per event on standard output; all else goes to standard error. A text without an id"
                    + " of its own gets the number of its line as its id, from 1."
        },
        footer = {
            "  millrace score fraud --config deploy/examples/handbook.yaml --input FILE.csv.gz",
            "  millrace score fraud --config deploy/examples/handbook.yaml --input FILE.csv.gz \\",
            "      --labels-after 7d --emit-features > scores.jsonl",
            "  cat events.jsonl | millrace score fraud --input -",
            "  millrace score sentiment --input texts.txt",
            "  millrace score sentiment --input FILE.tsv.gz --tsv --precision fp32"
        })
final class ScoreCommand implements Callable<Integer> {
    /** Nobody waits for a single score here, so larger transactions pay. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec;

    @Mixin
    private PipelineOptions options;

    @Option(
            names = {"-i", "--input"},
            required = true,
            paramLabel = "FILE",
            description = "CSV with a header line or JSON lines; for texts, one a line. Plain or gzipped; - reads"
                    + " standard input.")
    private String input;

    @Option(names = "--emit-features", description = "Print the features that each score was made from.")
    private boolean emitFeatures;

    @Option(
            names = "--labels-after",
            paramLabel = "DELAY",
            description = "Replay the label column (labels.column) as labels that come so much event time late: 7d;"
                    + " for texts without times of their own, so many texts late: 200.")
    private @Nullable String labelsAfter;

    @Mixin
    private TextOptions texts;

    @Option(names = "--device", description = "Where the model runs: ${COMPLETION-CANDIDATES}.")
    private @Nullable ExecutionDevice device;

    @Override
    public Integer call() throws Exception {
        MillraceConfig settings = options.config();
        PipelineConfig chosen = options.pipeline(settings);
        StreamConfig stream = settings.stream().withCommitInterval(COMMIT_INTERVAL);
        if (device != null) {
            stream = stream.withDevice(device);
        }
        Bundle bundle = options.bundle(settings, chosen);
        PrintWriter err = spec.commandLine().getErr();
        ScoreSummary summary;
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-score-");
                Progress progress = new Progress(err, "events", 0, Progress.isTerminal(), System::nanoTime)) {
            ScoreRun.Request request = TextOptions.isText(bundle)
                    ? ofTexts(chosen, stream, bundle, folder.path())
                    : ofFields(chosen, stream, bundle, folder.path());
            summary = new ScoreRun(request, spec.commandLine().getOut(), (sent, done) -> progress.at(done)).run();
        }
        print(err, summary);
        return 0;
    }

    private ScoreRun.Request ofTexts(PipelineConfig chosen, StreamConfig stream, Bundle bundle, Path folder) {
        return new ScoreRun.Request(
                texts.pipeline(chosen, chosen.precision()),
                stream,
                bundle,
                input,
                texts.layout(chosen),
                texts.labelValues(bundle),
                labelsAfter == null ? null : texts.delay(chosen, labelsAfter),
                emitFeatures,
                folder);
    }

    private ScoreRun.Request ofFields(PipelineConfig chosen, StreamConfig stream, Bundle bundle, Path folder) {
        texts.requireUnused(chosen);
        LabelsConfig labels = chosen.labels();
        return new ScoreRun.Request(
                chosen,
                stream,
                bundle,
                input,
                null,
                LabelValues.positive(bundle.manifest().classes(), labels == null ? "" : labels.positive()),
                labelsAfter == null ? null : PipelineOptions.labelDelay(chosen, labelsAfter),
                emitFeatures,
                folder);
    }

    private static void print(PrintWriter err, ScoreSummary summary) {
        err.printf(
                Locale.ROOT,
                "%,d events in %.1f s, %,.0f records/s: %,d scored, %,d dead-lettered%n",
                summary.sent(),
                summary.elapsed().toNanos() / 1e9,
                summary.rowsPerSecond(),
                summary.scored(),
                summary.dead());
        summary.deadByReason()
                .forEach((reason, count) -> err.printf(Locale.ROOT, "  dead-lettered, %s: %,d%n", reason, count));
        summary.firstDead().forEach(row -> err.printf(Locale.ROOT, "    row %,d: %s%n", row.number(), row.message()));
        if (summary.dead() > summary.firstDead().size()) {
            err.println("    and more");
        }
        err.flush();
    }
}
