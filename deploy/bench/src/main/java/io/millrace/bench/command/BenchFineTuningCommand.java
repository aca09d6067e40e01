package io.millrace.bench.command;

import io.millrace.bench.FineTuningBenchmark;
import io.millrace.bench.FineTuningLine;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.WrongUseException;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.learn.LearningException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What memory fine-tuning takes. */
@Command(
        name = "fine-tuning",
        description = {
            "Measures the memory of this process while it fine-tunes a text encoder of 33 million weights, its head and"
                    + " last two blocks, again and again.",
            "Exit code 1: a run took more than 3 GB, or memory grew from run to run."
        },
        footer = {"  millrace bench fine-tuning", "  millrace bench fine-tuning --runs 20 --json"})
final class BenchFineTuningCommand implements Runnable {
    private static final double MEGABYTE = 1e6;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Runs, one after the other. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "256",
            description = "Texts of a run, of 4 to 40 words. Default: ${DEFAULT-VALUE}.")
    private int texts;

    @Option(names = "--small", description = "Takes a tiny encoder instead, to try the command.")
    private boolean small;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List<FineTuningLine> lines = measure(benchmark());
        Listing listing = Listing.of("run", "seconds", "resident_mb", "peak_mb", "parity");
        lines.forEach(line -> listing.add(
                line.run(),
                Math.round(line.seconds() * 10) / 10.0,
                Math.round(line.residentBytes() / MEGABYTE),
                Math.round(line.peakBytes() / MEGABYTE),
                line.parity()));
        listing.print(spec.commandLine().getOut(), json.json(), "");
        save.save(lines);
        judge(lines);
    }

    private List<FineTuningLine> measure(FineTuningBenchmark benchmark) {
        try (Progress progress =
                new Progress(spec.commandLine().getErr(), "runs", runs, Progress.isTerminal(), System::nanoTime)) {
            return benchmark.run(progress::at);
        } catch (LearningException | UnsupportedOperationException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private void judge(List<FineTuningLine> lines) {
        double peak = lines.get(lines.size() - 1).peakBytes();
        double growth = FineTuningBenchmark.growth(lines);
        String verdict = String.format(
                Locale.ROOT,
                "peak %.2f GB of %.0f allowed; resident after the last run %+.1f %% against the second, %.0f %% allowed",
                peak / 1e9,
                FineTuningBenchmark.MOST_BYTES / 1e9,
                growth * 100,
                FineTuningBenchmark.MOST_GROWTH * 100);
        if (peak > FineTuningBenchmark.MOST_BYTES || growth > FineTuningBenchmark.MOST_GROWTH) {
            throw new FailedException(verdict);
        }
        if (!json.json()) {
            spec.commandLine().getOut().println(verdict);
        }
    }

    private FineTuningBenchmark benchmark() {
        EncoderTemplate encoder = small ? new EncoderTemplate(4, 32, 4, 64, 500, 64, 0) : EncoderTemplate.small(0);
        try {
            return new FineTuningBenchmark(encoder, runs, texts, System::nanoTime);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
    }
}
