package io.millrace.bench.command;

import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.TextSwapReport;
import io.millrace.bench.Waits;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.inference.onnx.ExecutionDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a swap of a text classifier does to the texts that flow. */
@Command(
        name = "swap-text",
        description = {
            "Lets texts flow through the whole topology at a steady rate, publishes versions with another head, and"
                    + " compares how long texts wait for their scores at swaps and at other times.",
            "Tells what such a version sends, and what one with other last blocks would, against the whole model.",
            "Exit code 1: a text was lost or scored twice, or a version was passed over."
        },
        footer = {
            "  millrace bench swap-text",
            "  millrace bench swap-text --swaps 50 --rate 40 --json",
            "  millrace bench swap-text --model deploy/models/sentiment"
        })
final class BenchSwapTextCommand implements Runnable {

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "A model of texts. Default: an encoder that has learned nothing.")
    private @Nullable Path model;

    @Option(names = "--small", description = "Takes a tiny encoder instead, to try the command.")
    private boolean small;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Versions to swap to. Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Texts a second: fewer than the model can score. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BrokerConnection.muteLoopbackWarnings();
        TextSwapReport report = measure();
        print(spec.commandLine().getOut(), report);
        save.save(report);
        if (report.scoredOnce() != report.sent() || report.activations() != swaps) {
            throw new FailedException("of " + report.sent() + " texts " + report.scoredOnce()
                    + " were scored exactly once, and of " + swaps + " swaps " + report.activations() + " were seen");
        }
    }

    private TextSwapReport measure() {
        return new InFolder(spec)
                .run(
                        "swaps",
                        swaps,
                        (folder, progress) -> Asked.of(
                                        () -> TextBenchmarks.ofSwaps(model, small, swaps, rate, ExecutionDevice.CPU))
                                .run(folder, progress::at));
    }

    private void print(PrintWriter out, TextSwapReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing waits = Listing.of("wait", "texts", "p50_ms", "p99_ms", "p999_ms", "max_ms");
        addWaits(waits, "steady", report.steady());
        addWaits(waits, "at swaps", report.atSwaps());
        waits.print(out, false, "");
        out.println();
        Listing bytes = Listing.of("file", "tuned_head", "tuned_last_2", "whole");
        report.bytes()
                .forEach((path, sizes) -> bytes.add(path, sizes.get("head"), sizes.get("last-2"), sizes.get("full")));
        bytes.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%n%,d texts, %,d scored exactly once, %d of %d swaps seen. WAIT: from when a text was sent to when it was"
                        + " scored. TUNED, WHOLE: bytes that a version sends.%n",
                report.sent(),
                report.scoredOnce(),
                report.activations(),
                swaps);
        out.flush();
    }

    private static void addWaits(Listing listing, String when, Waits waits) {
        listing.add(
                when, waits.texts(), waits.p50Millis(), waits.p99Millis(), waits.p999Millis(), waits.longestMillis());
    }
}
