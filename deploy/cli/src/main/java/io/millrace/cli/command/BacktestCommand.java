package io.millrace.cli.command;

import io.millrace.cli.backtest.Backtest;
import io.millrace.cli.backtest.BacktestReport;
import io.millrace.cli.backtest.BacktestRequest;
import io.millrace.cli.backtest.BacktestTables;
import io.millrace.cli.backtest.ProtocolLearners;
import io.millrace.cli.backtest.ReportFiles;
import io.millrace.cli.backtest.TextBacktest;
import io.millrace.cli.backtest.TextBacktestRequest;
import io.millrace.cli.backtest.TextReport;
import io.millrace.cli.backtest.TextTables;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.Precision;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.learn.LearningException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays past months through the pipeline with late labels and training, and reports how it did. */
@Command(
        name = "backtest",
        description = {
            "Plays a file of past events through the topology that 'up' runs, driven by event time: labels come late,"
                    + " rounds of training are due as the configuration's 'training' says, and what the gate accepts is"
                    + " live from then on. Writes DIR/report.html and DIR/report.json, the same bytes for the same"
                    + " file, settings and code.",
            "With --protocol handbook, judges by the folds of the fraud detection handbook instead.",
            "Texts come one after another: their labels are late by a number of texts, and static and adaptive model are"
                    + " compared window by window."
        },
        footer = {
            "  millrace backtest fraud --config deploy/examples/handbook.yaml --input FILE.csv.gz \\",
            "      --report walk --cut 2018-04-22",
            "  millrace backtest fraud --config deploy/examples/handbook.yaml --input FILE.csv.gz \\",
            "      --report folds --protocol handbook --train-start 2018-08-15,2018-08-08,2018-08-01,2018-07-25",
            "  millrace backtest sentiment --input FILE.tsv.gz --tsv --report DIR --labels-after 200"
        })
final class BacktestCommand implements Callable<Integer> {
    /** Nobody waits for a single score here, but rounds wait for commits. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);

    /** Ways to judge. */
    enum Protocol {
        handbook
    }

    /** Learners of the protocol. */
    enum ProtocolLearner {
        trees,
        gradient
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private PipelineOptions options;

    @Option(
            names = {"-i", "--input"},
            required = true,
            paramLabel = "FILE",
            description = "CSV with a header line, JSON lines or texts, plain or gzipped, in the order of time.")
    private String input;

    @Option(names = "--report", required = true, paramLabel = "DIR", description = "Folder that the report goes to.")
    private Path reportFolder;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day that is judged; earlier ones are played too.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last day that is played.")
    private @Nullable LocalDate to;

    @Option(
            names = "--cut",
            paramLabel = "DATE",
            description = "Train a first model from what is known on that day, and walk on from there; without it the"
                    + " walk begins with the configured bundle.")
    private @Nullable LocalDate cut;

    @Option(
            names = "--labels-after",
            paramLabel = "DELAY",
            description =
                    "How late labels are, in event time, or for texts without times of their own a number of texts."
                            + " Default: 7d, for texts 200.")
    private @Nullable String labelsAfter;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many texts are judged together. Default: ${DEFAULT-VALUE}.")
    private int window;

    @Mixin
    private TextOptions texts;

    @Option(names = "--protocol", description = "Judge by folds instead of by weeks: ${COMPLETION-CANDIDATES}.")
    private @Nullable Protocol protocol;

    @Option(
            names = "--train-start",
            split = ",",
            paramLabel = "DATE",
            description = "First days of the protocol's training weeks; the test weeks begin 14 days later."
                    + " Default: ${DEFAULT-VALUE}.",
            defaultValue = "2018-08-15,2018-08-08,2018-08-01,2018-07-25")
    private List<LocalDate> trainStarts;

    @Option(
            names = "--train-days",
            paramLabel = "N",
            defaultValue = "" + Backtest.PROTOCOL_DAYS,
            description = "The protocol learns from so many days, the last of them the last of the training week."
                    + " Default: ${DEFAULT-VALUE}.")
    private int trainDays;

    @Option(
            names = "--learner",
            description = "Who learns in the protocol: ${COMPLETION-CANDIDATES}. Default: trees. With gradient, a"
                    + " network of four weeks before stands in for the pipeline's model.")
    private @Nullable ProtocolLearner learner;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws Exception {
        if (learner != null && protocol == null) {
            throw new WrongUseException("--learner " + learner
                    + " is for --protocol handbook: a walk trains as training.learner of the configuration says");
        }
        MillraceConfig settings = options.config();
        PipelineConfig chosen = options.pipeline(settings);
        Bundle bundle = options.bundle(settings, chosen);
        TrainingConfig training = settings.training(chosen.name()).orElseGet(() -> untold(chosen.name()));
        PrintWriter err = spec.commandLine().getErr();
        if (TextOptions.isText(bundle)) {
            return ofTexts(settings, chosen, bundle, training);
        }
        texts.requireUnused(chosen);
        BacktestReport report;
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-backtest-");
                Progress progress = new Progress(err, "events", 0, Progress.isTerminal(), System::nanoTime)) {
            var request = new BacktestRequest(
                    chosen,
                    settings.stream().withCommitInterval(COMMIT_INTERVAL),
                    bundle,
                    training,
                    input,
                    PipelineOptions.labelDelay(chosen, labelsAfter == null ? "7d" : labelsAfter),
                    from,
                    to,
                    cut,
                    folder.path());
            Backtest backtest = new Backtest(request, (sent, done) -> progress.at(done), err::println);
            report = protocol == null
                    ? backtest.walk(ProtocolLearners.trees(training.trees()).retraining())
                    : backtest.protocol(trainStarts, trainDays, learners(training));
        } catch (LearningException | IllegalArgumentException impossible) {
            throw new FailedException(String.valueOf(impossible.getMessage()), impossible);
        }
        ReportFiles.write(reportFolder, report);
        PrintWriter out = spec.commandLine().getOut();
        if (json.json()) {
            out.println(ReportFiles.json(report));
        } else {
            BacktestTables.print(out, report);
        }
        out.flush();
        sayWhere(err);
        return ExitCode.OK;
    }

    private int ofTexts(MillraceConfig settings, PipelineConfig chosen, Bundle bundle, TrainingConfig training)
            throws Exception {
        if (protocol != null || cut != null || from != null || to != null) {
            throw new WrongUseException("--protocol, --cut, --from and --to are for events with features; a backtest of"
                    + " texts begins with its model and goes through the whole file: leave them out");
        }
        if (window < 1) {
            throw new WrongUseException("--window must be at least 1, was " + window);
        }
        String late = labelsAfter == null ? "200" : labelsAfter;
        PrintWriter err = spec.commandLine().getErr();
        TextReport report;
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-backtest-");
                Progress progress = new Progress(err, "texts", 0, Progress.isTerminal(), System::nanoTime)) {
            var request = new TextBacktestRequest(
                    // Weights of 8 bits round by what shares a batch, which is chance: the bytes would differ.
                    texts.pipeline(chosen, Precision.FP32),
                    settings.stream().withCommitInterval(COMMIT_INTERVAL),
                    bundle,
                    training,
                    input,
                    texts.layout(chosen),
                    texts.labelValues(bundle),
                    texts.delay(chosen, late),
                    TextOptions.inWords(late),
                    window,
                    folder.path());
            report = new TextBacktest(request, (sent, done) -> progress.at(done), err::println).run();
        } catch (IllegalArgumentException impossible) {
            throw new FailedException(String.valueOf(impossible.getMessage()), impossible);
        }
        ReportFiles.write(reportFolder, report);
        PrintWriter out = spec.commandLine().getOut();
        if (json.json()) {
            out.println(ReportFiles.json(report));
        } else {
            TextTables.print(out, report);
        }
        out.flush();
        sayWhere(err);
        return ExitCode.OK;
    }

    private void sayWhere(PrintWriter err) {
        err.println(
                "wrote " + reportFolder.resolve(ReportFiles.HTML) + " and " + reportFolder.resolve(ReportFiles.JSON));
    }

    private ProtocolLearners learners(TrainingConfig training) {
        return learner == ProtocolLearner.gradient
                ? ProtocolLearners.gradient(training.gradient())
                : ProtocolLearners.trees(training.trees());
    }

    private static TrainingConfig untold(String pipeline) {
        return TrainingConfig.of(pipeline, null, null, null, null, null, null, null);
    }
}
