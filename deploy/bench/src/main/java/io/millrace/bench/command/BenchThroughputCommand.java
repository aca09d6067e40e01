package io.millrace.bench.command;

import io.millrace.bench.Spread;
import io.millrace.bench.result.SaveOption;
import io.millrace.bench.throughput.Kind;
import io.millrace.bench.throughput.ThroughputBenchmark;
import io.millrace.bench.throughput.ThroughputReport;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.WrongUseException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Records per second against limits and peers. */
@Command(
        name = "throughput",
        description = {
            "Measures how many records a second are scored, exactly-once, on a broker in a process of its own, against"
                    + " the limits (the same topology with a model that answers a constant; ONNX Runtime by itself) and"
                    + " against peers (one record at a time in Kafka Streams; Flink).",
            "Pipelines: stateless (15 features come with each transaction, a network of 15-64-32-2), stateful (the"
                    + " shipped features and trees), text (an encoder of 33 million weights)."
        },
        footer = {
            "  millrace bench throughput",
            "  millrace bench throughput --pipeline stateless --rounds 3 --records 500000",
            "  millrace bench throughput --pipeline stateful --against constant --rounds 5",
            "  millrace bench throughput --pipeline text --precision int8 --json --save"
        })
final class BenchThroughputCommand implements Runnable {
    private static final String EXPLANATION = """
            %d rounds in which all run one after the other, begun by another each time, after rounds that warm up.
            RECORDS PER SECOND: committed, from a tenth of the records to 95 %%. OURS IS ... TIMES: ours divided by it in
            the same round. After each run all scores are read: each event has one.
            limit: stateless, the slower of constant and raw; stateful, constant; text, raw.
            %s
            """;

    @Option(
            names = "--pipeline",
            split = ",",
            paramLabel = "NAME",
            description = "stateless, stateful or text; several with commas. Default: all three.")
    private List<String> pipelines = List.of();

    @Option(
            names = "--against",
            split = ",",
            paramLabel = "NAME",
            description = "constant, raw, naive, flink or flink-batched; several with commas. Default: all that the"
                    + " pipeline has. Without its limit a pipeline has no ratio to it.")
    private List<String> against = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured rounds; medians are told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-up-rounds",
            paramLabel = "N",
            defaultValue = "12",
            description =
                    "Rounds of each before those, a quarter as long: at most so many, and until three in a row get no"
                            + " faster. Default: ${DEFAULT-VALUE}.")
    private int warmUpRounds;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Records of a round. Default: 2,000,000 stateless, 500,000 stateful, 1,500 texts.")
    private @Nullable Long records;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that work on records, in each. Default: half of the cores; the broker needs the rest.")
    private @Nullable Integer threads;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of input and output. Default: as many as threads.")
    private @Nullable Integer partitions;

    @Option(
            names = "--precision",
            paramLabel = "FORM",
            defaultValue = "fp32",
            description = "Weights of the model of texts: fp32 or int8. Default: ${DEFAULT-VALUE}.")
    private String precision;

    @Option(
            names = "--text-model",
            paramLabel = "FOLDER",
            description = "A model of texts. Default: an encoder that has learned nothing.")
    private @Nullable Path textModel;

    @Option(names = "--small", description = "Takes a tiny encoder for texts, to try the command.")
    private boolean small;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed makes up other records. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            defaultValue = "-Xms2g -Xmx2g",
            description = "Of the process of each who takes part. Default: ${DEFAULT-VALUE}.")
    private String jvmOptions;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BrokerConnection.muteLoopbackWarnings();
        ThroughputBenchmark benchmark = new ThroughputBenchmark(request());
        PrintWriter err = spec.commandLine().getErr();
        AtomicInteger done = new AtomicInteger();
        ThroughputReport report = new InFolder(spec)
                .run(
                        "runs",
                        benchmark.steps(),
                        (folder, progress) -> benchmark.run(folder, what -> {
                            if (!Progress.isTerminal()) {
                                err.println(what);
                            }
                            progress.at(done.getAndIncrement());
                        }));
        save.save(report);
        print(spec.commandLine().getOut(), report);
    }

    private ThroughputBenchmark.Request request() {
        int working = threads == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : threads;
        if (!precision.equals("fp32") && !precision.equals("int8")) {
            throw new WrongUseException("--precision must be fp32 or int8, was " + precision);
        }
        return Asked.of(() -> {
            List<Kind> kinds = pipelines.isEmpty()
                    ? List.of(Kind.values())
                    : List.copyOf(
                            new LinkedHashSet<>(pipelines.stream().map(Kind::of).toList()));
            return new ThroughputBenchmark.Request(
                    kinds,
                    new LinkedHashSet<>(against),
                    rounds,
                    warmUpRounds,
                    records,
                    working,
                    partitions == null ? working : partitions,
                    seed,
                    textModel,
                    small,
                    precision.equals("int8"),
                    Stream.of(jvmOptions.split(" "))
                            .filter(option -> !option.isBlank())
                            .toList());
        });
    }

    private void print(PrintWriter out, ThroughputReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing listing = Listing.of(
                "pipeline", "who", "records_per_second", "lowest", "highest", "ours_is_..._times", "from", "to");
        report.rates()
                .forEach((pipeline, lines) -> lines.forEach((who, rate) -> {
                    Spread ratio = report.spread().get(pipeline + "/" + who);
                    listing.add(
                            pipeline,
                            who,
                            Math.round(rate.median()),
                            Math.round(rate.lowest()),
                            Math.round(rate.highest()),
                            ratio == null ? null : rounded(ratio.median()),
                            ratio == null ? null : rounded(ratio.lowest()),
                            ratio == null ? null : rounded(ratio.highest()));
                }));
        listing.print(out, false, "");
        out.println();
        report.spread().forEach((name, spread) -> {
            if (name.endsWith("/limit")) {
                out.println(name + " " + rounded(spread.median()) + " (" + rounded(spread.lowest()) + " to "
                        + rounded(spread.highest()) + ")");
            }
        });
        out.printf("%n" + EXPLANATION, rounds, String.join("\n", report.leftOut()));
        printSettings(out, "", report.settings());
        out.flush();
    }

    private static void printSettings(PrintWriter out, String path, Map<?, ?> settings) {
        settings.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner && inner.values().stream().anyMatch(Map.class::isInstance)) {
                printSettings(out, path + name + " ", inner);
            } else {
                out.println(path + name + ": " + value);
            }
        });
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
