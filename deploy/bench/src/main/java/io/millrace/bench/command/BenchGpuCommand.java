package io.millrace.bench.command;

import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.gpu.GpuBenchmark;
import io.millrace.bench.gpu.GpuPlans;
import io.millrace.bench.gpu.GpuReport;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.ByteSize;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a GPU changes. */
@Command(
        name = "gpu",
        description = {
            "Compares a device's answers with those of the CPU, measures rows per second by batch against ONNX Runtime"
                    + " alone, swaps a model of texts while texts flow, and watches memory over many swaps.",
            "deploy/bench/gpu/pack takes it to a machine that has a GPU but no Java. Exit code 1: a probability differs"
                    + " by more than 0.001, or a text was lost."
        },
        footer = {
            "  millrace bench gpu",
            "  millrace bench gpu --device cpu --seconds 1 --memory-swaps 100 --text-memory-swaps 5 --swaps 2",
            "  millrace bench gpu --device cuda --save"
        })
final class BenchGpuCommand implements Runnable {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cuda",
            description = "cuda, or cpu to try the command without a GPU. Default: ${DEFAULT-VALUE}.")
    private ExecutionDevice device = ExecutionDevice.CUDA;

    @Option(
            names = "--fraud",
            paramLabel = "FOLDER",
            defaultValue = "deploy/models/fraud",
            description =
                    "A model of features; a network of 15-64-32 units is measured beside it. Default: ${DEFAULT-VALUE}.")
    private Path fraud = Path.of("");

    @Option(
            names = "--texts",
            paramLabel = "FOLDER",
            defaultValue = "deploy/models/sentiment",
            description = "A model of texts. Default: ${DEFAULT-VALUE}.")
    private @Nullable Path texts;

    @Option(names = "--small", description = "Takes a tiny encoder for the texts instead, to try the command.")
    private boolean small;

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,256,4096,65536",
            description = "Rows per batch. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batches = List.of();

    @Option(
            names = "--text-batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8,32,128,512",
            description = "Texts per batch. Default: ${DEFAULT-VALUE}.")
    private List<Integer> textBatches = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Seconds for each way at each size. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--memory-swaps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Versions of each model of features, one after the other. Default: ${DEFAULT-VALUE}.")
    private int memorySwaps;

    @Option(
            names = "--text-memory-swaps",
            paramLabel = "N",
            defaultValue = "50",
            description = "The same of the model of texts. Default: ${DEFAULT-VALUE}.")
    private int textMemorySwaps;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Swaps while texts flow; 0 leaves them out. Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Texts a second at the swaps: fewer than the device can score. Default: ${DEFAULT-VALUE}.")
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
        GpuReport report = measure();
        print(spec.commandLine().getOut(), report);
        save.save(report);
        judge(report);
    }

    private GpuReport measure() {
        InFolder work = new InFolder(spec);
        return work.run(folder -> Asked.of(() -> benchmark(work.steps())).run(folder));
    }

    private GpuBenchmark benchmark(Consumer<String> steps) throws NotQuantizableException {
        Path model = small ? null : texts;
        GpuBenchmark.Plan plan = new GpuPlans(fraud, model, small)
                .plan(device, batches, textBatches, seconds, memorySwaps, textMemorySwaps);
        return new GpuBenchmark(
                plan,
                swaps == 0 ? null : TextBenchmarks.ofSwaps(model, small, swaps, rate, device),
                System::nanoTime,
                steps);
    }

    private static void judge(GpuReport report) {
        for (GpuReport.Parity parity : report.parity()) {
            if (!(parity.largestDifference() <= parity.allowed())) {
                throw new FailedException("a probability of " + parity.model() + " differs from the CPU's by "
                        + parity.largestDifference() + ", and " + parity.allowed() + " is allowed");
            }
        }
        if (report.swap() != null && report.swap().scoredOnce() != report.swap().sent()) {
            throw new FailedException("of " + report.swap().sent() + " texts "
                    + report.swap().scoredOnce() + " were scored exactly once");
        }
    }

    private void print(PrintWriter out, GpuReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        out.printf(
                "Device %s%s, ONNX Runtime %s%n%n",
                report.device(), report.gpu() == null ? "" : " (" + report.gpu() + ")", report.runtime());
        Listing parity = Listing.of("model", "rows", "largest_difference", "allowed");
        report.parity()
                .forEach(line -> parity.add(line.model(), line.rows(), line.largestDifference(), line.allowed()));
        parity.print(out, false, "");
        out.println();
        Listing throughput = Listing.of("model", "batch", "ours_per_second", "raw_per_second", "of_raw", "from", "to");
        report.throughput()
                .forEach(line -> throughput.add(
                        line.model(),
                        line.batch(),
                        Math.round(line.ours().median()),
                        Math.round(line.raw().median()),
                        rounded(line.ratio().median()),
                        rounded(line.ratio().lowest()),
                        rounded(line.ratio().highest())));
        throughput.print(out, false, "");
        out.println();
        Listing memory = Listing.of("model", "swaps", "resident", "device", "open_sessions");
        report.memory().forEach(line -> {
            Long deviceBytes = line.deviceBytes();
            memory.add(
                    line.model(),
                    line.swaps(),
                    ByteSize.text(line.residentBytes()),
                    deviceBytes == null ? null : ByteSize.text(deviceBytes),
                    line.openSessions());
        });
        memory.print(out, false, "No swaps without load were asked for.");
        if (report.swap() != null) {
            out.printf(
                    Locale.ROOT,
                    "%n%,d texts while %d versions were swapped in, %,d scored exactly once; p99 of their wait %d ms, %d ms"
                            + " at swaps%n",
                    report.swap().sent(),
                    report.swap().activations(),
                    report.swap().scoredOnce(),
                    report.swap().steady().p99Millis(),
                    report.swap().atSwaps().p99Millis());
        }
        out.flush();
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
