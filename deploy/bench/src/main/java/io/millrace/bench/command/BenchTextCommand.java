package io.millrace.bench.command;

import io.millrace.bench.Spread;
import io.millrace.bench.TextBenchmark;
import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.TextLine;
import io.millrace.bench.TextReport;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.BundleException;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How near texts through the stream come to ONNX Runtime itself. */
@Command(
        name = "text",
        description = {
            "Scores the same texts with ONNX Runtime itself, with a loaded model, and through the whole topology,"
                    + " exactly-once on a broker of its own, in float32 and in int8.",
            "Without --model it takes an encoder of 33 million weights that has learned nothing: it is as fast as one"
                    + " that has."
        },
        footer = {
            "  millrace bench text",
            "  millrace bench text --threads 2 --rounds 9 --json",
            "  millrace bench text --model deploy/models/sentiment --input reviews.tsv.gz"
        })
final class BenchTextCommand implements Runnable {
    private static final String EXPLANATION = """
            %d rounds of %d texts, %.1f tokens on average, %d threads; in each round all ways score the same texts in turn.
            RAW: ONNX Runtime alone, on tokens, all texts sorted by length, at the batch that was the best of %s.
            MODEL: the same batches through a loaded model, from text to probability. STREAM: from the input topic to
            committed scores. STREAM-AGAIN: the same texts a second time.
            OF RAW: the speed against raw's in the same round. Wanted: 0.95 or more of the stream, padding of 10 %% or less,
            int8 1.7 times as fast as float32 or faster.
            """;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "A model of texts. Default: an encoder that has learned nothing.")
    private @Nullable Path model;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Texts, one a line, or label<TAB>text; gzipped or not. Default: made-up ones.")
    private @Nullable String input;

    @Option(
            names = "--texts",
            paramLabel = "N",
            defaultValue = "512",
            description = "Texts of a round. Default: ${DEFAULT-VALUE}.")
    private int texts;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured rounds; medians are told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that compute, in each way. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed makes up other texts. Default: ${DEFAULT-VALUE}.")
    private long seed;

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
        BrokerConnection.muteLoopbackWarnings();
        TextBenchmark benchmark = benchmark();
        TextReport report = new InFolder(spec)
                .run("rounds", rounds + 1L, (folder, progress) -> benchmark.run(folder, progress::at));
        print(spec.commandLine().getOut(), report);
        save.save(report);
    }

    private TextBenchmark benchmark() {
        try {
            return TextBenchmarks.of(new TextBenchmarks.Request(model, input, small, texts, rounds, threads, seed));
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        } catch (IOException | BundleException | NotQuantizableException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private void print(PrintWriter out, TextReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing listing = Listing.of(
                "form", "way", "batch", "texts_per_second", "lowest", "highest", "of_raw", "from", "to", "padding");
        for (TextLine line : report.lines()) {
            Spread rate = line.textsPerSecond();
            Spread ofRaw = line.ofRaw();
            Double padding = line.padding();
            listing.add(
                    line.form(),
                    line.way(),
                    line.batch(),
                    Math.round(rate.median()),
                    Math.round(rate.lowest()),
                    Math.round(rate.highest()),
                    rounded(ofRaw.median()),
                    rounded(ofRaw.lowest()),
                    rounded(ofRaw.highest()),
                    padding == null ? null : rounded(padding));
        }
        listing.print(out, false, "");
        out.println();
        report.int8OverFp32()
                .forEach((way, times) -> out.printf(
                        Locale.ROOT,
                        "int8 is %.2f times as fast as float32 (%s; %.2f to %.2f)%n",
                        times.median(),
                        way,
                        times.lowest(),
                        times.highest()));
        out.printf(
                Locale.ROOT,
                "%n" + EXPLANATION,
                report.rounds(),
                report.texts(),
                report.tokens(),
                report.threads(),
                List.copyOf(report.rawByBatch().getOrDefault("fp32", Map.of()).keySet()));
        out.flush();
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
