package io.millrace.bench.command;

import io.millrace.bench.latency.LatencyBenchmark;
import io.millrace.bench.latency.LatencyLine;
import io.millrace.bench.latency.LatencyPlan;
import io.millrace.bench.latency.LatencyReport;
import io.millrace.bench.latency.Percentiles;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import io.millrace.stream.config.Guarantee;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long an event is under way at a steady rate. */
@Command(
        name = "latency",
        description = {
            "Sends transactions at a fixed rate that waits for nothing, and measures from when each was due to the arrival"
                    + " of its score at a consumer of committed records: at shares of the maximum rate, which it finds"
                    + " first, under exactly-once at several commit intervals and under at-least-once.",
            "A transaction that is sent late counts from when it was due. Broker and stream are processes of their own;"
                    + " generator and consumer share another, and all of them the machine.",
            "Exit code 1: an event has no score, or has two under exactly-once."
        },
        footer = {
            "  millrace bench latency",
            "  millrace bench latency --commit 50,20 --loads 50 --seconds 60 --save",
            "  millrace bench latency --pipeline stateless --json",
            "  millrace bench latency --commit 20 --kafka producer.linger.ms=1"
        })
final class BenchLatencyCommand implements Runnable {
    private static final String STATEFUL = "stateful";
    private static final String STATELESS = "stateless";

    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            defaultValue = STATEFUL,
            description = "stateful: features of customers and terminals, so that an event is repartitioned on its way;"
                    + " stateless: features that the event brings. Default: ${DEFAULT-VALUE}.")
    private String pipeline = STATEFUL;

    @Option(
            names = "--commit",
            paramLabel = "MS",
            split = ",",
            defaultValue = "100,50,20,10",
            description = "Commit intervals under exactly-once, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private List<Long> commitMillis = List.of();

    @Option(
            names = "--at-least-once",
            paramLabel = "MS",
            split = ",",
            defaultValue = "100,20",
            description = "Commit intervals under at-least-once. Default: ${DEFAULT-VALUE}.")
    private List<Long> atLeastOnceMillis = List.of();

    @Option(names = "--no-at-least-once", description = "Measure exactly-once only.")
    private boolean noAtLeastOnce;

    @Option(
            names = "--loads",
            paramLabel = "PERCENT",
            split = ",",
            defaultValue = "30,50,70",
            description = "Loads in percent of the maximum under the same setting. Default: ${DEFAULT-VALUE}.")
    private List<Integer> loads = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long each load is measured. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Of each load before, not counted. Default: ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--warm-up-rounds",
            paramLabel = "N",
            defaultValue = "12",
            description =
                    "Rounds at full load, and at half of it, before all is measured: at most so many, and until three"
                            + " in a row get no better. Default: ${DEFAULT-VALUE}.")
    private int warmUpRounds;

    @Option(
            names = "--maximum-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How long each maximum is sought, and a round of the warm-up lasts. Default: ${DEFAULT-VALUE}.")
    private double maximumSeconds;

    @Option(
            names = "--linger",
            paramLabel = "MS",
            defaultValue = "5",
            description = "How long a batch waits for rows. Default: ${DEFAULT-VALUE}.")
    private long lingerMillis;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads and partitions. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A Kafka property of the stream, as in the kafka block of a configuration; may be repeated.")
    private Map<String, String> kafka = new LinkedHashMap<>();

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BrokerConnection.muteLoopbackWarnings();
        LatencyReport report = measure(plan());
        print(spec.commandLine().getOut(), report);
        save.save(report);
        report.lines().stream()
                .filter(line -> line.guarantee() == Guarantee.EXACTLY_ONCE && line.scoredAgain() > 0)
                .findFirst()
                .ifPresent(line -> {
                    throw new FailedException(line.scoredAgain() + " events were scored twice under exactly-once with "
                            + line.commitMillis() + " ms between commits");
                });
    }

    private LatencyPlan plan() {
        if (!pipeline.equals(STATEFUL) && !pipeline.equals(STATELESS)) {
            throw new WrongUseException(
                    "--pipeline must be " + STATEFUL + " or " + STATELESS + ", was '" + pipeline + "'");
        }
        return Asked.of(() -> new LatencyPlan(
                pipeline.equals(STATEFUL),
                commitMillis,
                noAtLeastOnce ? List.of() : atLeastOnceMillis,
                loads,
                seconds,
                warmUpSeconds,
                warmUpRounds,
                maximumSeconds,
                lingerMillis,
                threads,
                kafka));
    }

    private LatencyReport measure(LatencyPlan plan) {
        InFolder work = new InFolder(spec);
        return work.run(
                "loads",
                plan.lines(),
                (folder, progress) -> new LatencyBenchmark(plan, work.steps()).run(folder, progress::at));
    }

    void print(PrintWriter out, LatencyReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing listing = Listing.of(
                "guarantee",
                "commit_ms",
                "maximum",
                "load",
                "rate",
                "p50_ms",
                "p90_ms",
                "p99_ms",
                "p99.9_ms",
                "p99.99_ms",
                "max_ms",
                "late_ms",
                "kept_up");
        for (LatencyLine line : report.lines()) {
            Percentiles latency = line.latency();
            listing.add(
                    line.guarantee() == Guarantee.EXACTLY_ONCE ? "exactly-once" : "at-least-once",
                    line.commitMillis(),
                    Math.round(line.maximumRate()),
                    line.load() + " %",
                    Math.round(line.rate()),
                    tenth(latency.p50()),
                    tenth(latency.p90()),
                    tenth(latency.p99()),
                    tenth(latency.p999()),
                    tenth(latency.p9999()),
                    tenth(latency.max()),
                    tenth(line.latestSendMillis()),
                    line.keptUp() ? "yes" : "no");
        }
        listing.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%nPipeline %s, %d stream threads. MAXIMUM and RATE: events/s. From when an event was due to the arrival of its"
                        + " committed score. LATE: how late the generator was at worst, which counts as latency. Broker,"
                        + " stream, and generator with consumer are three processes on the same cores.%n",
                report.pipeline(),
                threads);
        out.flush();
    }

    private static double tenth(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
