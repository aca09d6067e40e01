package io.millrace.bench.command;

import io.millrace.bench.result.SaveOption;
import io.millrace.bench.scale.ScaleBenchmark;
import io.millrace.bench.scale.ScaleLine;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How speed and cost grow. */
@Command(
        name = "scale",
        description = {
            "Measures the stateful fraud pipeline, exactly-once, with stores and changelogs, in a process of its own"
                    + " beside a broker in another: its rate with more partitions and threads, and the cost of an event"
                    + " with more keys, and with more events of each key.",
            "Takes some two minutes a round on two cores."
        },
        footer = {
            "  millrace bench scale",
            "  millrace bench scale --curve history --rounds 5 --json",
            "  millrace bench scale --records 20000 --keys 100,1000 --history 10,100 --rounds 1"
        })
final class BenchScaleCommand implements Runnable {
    private static final String EXPLANATION = """
            Medians of %d rounds, the points by turns. RATIO is to the first point of a curve in the same round:
            partitions: its rate over the simulated world, no more threads than partitions.
            keys: the cost of an event with so many customers, and as many terminals, of each of which the longest window
            holds about one event; all keys are there before the count begins.
            history: the cost of an event with so many events of each key in the longest window, which holds as many in
            all, and is full before the count begins.
            """;

    enum CurveName {
        partitions,
        keys,
        history
    }

    @Option(
            names = "--curve",
            paramLabel = "CURVE",
            split = ",",
            description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<CurveName> curves = new LinkedHashSet<>(List.of(CurveName.values()));

    @Option(
            names = "--partitions",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4",
            description = "Counts of partitions, and of threads. Default: ${DEFAULT-VALUE}.")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--keys",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,100000,1000000",
            description = "Counts of keys. Default: ${DEFAULT-VALUE}.")
    private List<Long> keys = List.of();

    @Option(
            names = "--history",
            paramLabel = "N",
            split = ",",
            defaultValue = "10,1000,100000",
            description = "Events of a key in its longest window. Default: ${DEFAULT-VALUE}.")
    private List<Long> history = List.of();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Events that are counted of each point. Default: ${DEFAULT-VALUE}.")
    private long records;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        InFolder work = new InFolder(spec);
        List<ScaleLine> lines = work.run(folder ->
                Asked.of(() -> new ScaleBenchmark(plan(), folder, work.steps())).run());
        print(spec.commandLine().getOut(), lines);
        save.save(lines);
    }

    private ScaleBenchmark.Plan plan() {
        return new ScaleBenchmark.Plan(
                curves.contains(CurveName.partitions) ? partitions : List.of(),
                curves.contains(CurveName.keys) ? keys : List.of(),
                curves.contains(CurveName.history) ? history : List.of(),
                records,
                rounds);
    }

    private void print(PrintWriter out, List<ScaleLine> lines) {
        if (json.json()) {
            Listing.printJson(out, lines);
            out.flush();
            return;
        }
        Listing listing = Listing.of(
                "curve",
                "partitions",
                "threads",
                "keys",
                "events_per_key",
                "events_a_second",
                "micros_per_event",
                "ratio",
                "from",
                "to");
        lines.forEach(line -> listing.add(
                line.curve(),
                line.partitions(),
                line.threads(),
                line.keys() == 0 ? null : line.keys(),
                line.eventsPerKey() == 0 ? null : line.eventsPerKey(),
                Math.round(line.perSecond().median()),
                rounded(line.microsPerEvent().median()),
                rounded(line.ratio().median()),
                rounded(line.ratio().lowest()),
                rounded(line.ratio().highest())));
        listing.print(out, false, "");
        out.printf("%n" + EXPLANATION, rounds);
        out.flush();
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
