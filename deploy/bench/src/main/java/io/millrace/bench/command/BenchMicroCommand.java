package io.millrace.bench.command;

import io.millrace.bench.micro.MicroBenchmark;
import io.millrace.bench.micro.MicroLine;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the inner pieces cost. */
@Command(
        name = "micro",
        description = {
            "Measures the inner pieces with JMH, each in a JVM of its own: an event decoded, its features, a row put into"
                    + " a batch, a batch run, a score encoded, a text encoded."
        },
        footer = {"  millrace bench micro", "  millrace bench micro --filter 'ModelRun|BatchFill' --seconds 2 --json"})
final class BenchMicroCommand implements Runnable {

    private static final String EXPLANATION = """
            Mean time on one thread, and half of its 99.9 %% confidence interval. Eight iterations for each JVM, of which
            three warm it up. NANOS OF ROW: the time divided by the rows of the batch.
            """;

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "Only benchmarks in whose name this is found. Default: all.")
    private String filter;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of one iteration. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "1",
            description = "JVMs for each benchmark, one after the other. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        MicroBenchmark benchmark = new MicroBenchmark(filter, forks, seconds);
        PrintWriter out = spec.commandLine().getOut();
        List<MicroLine> lines;
        try (Progress progress = new Progress(
                spec.commandLine().getErr(),
                "benchmarks",
                benchmark.steps(),
                Progress.isTerminal(),
                System::nanoTime)) {
            lines = benchmark.run(progress::at);
        }
        Listing listing = Listing.of("benchmark", "with", "nanos", "plus_minus", "nanos_of_row");
        lines.forEach(line -> listing.add(
                line.name(),
                line.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(" ")),
                rounded(line.nanosPerOp()),
                rounded(line.error()),
                rounded(line.nanosPerRow())));
        listing.print(out, json.json(), "");
        if (!json.json()) {
            out.printf(Locale.ROOT, "%n" + EXPLANATION);
        }
        save.save(lines);
    }

    /** A decimal number, as a double of millions would show an exponent. */
    private static @Nullable BigDecimal rounded(@Nullable Double nanos) {
        return nanos == null ? null : BigDecimal.valueOf(nanos).setScale(1, RoundingMode.HALF_UP);
    }
}
