package io.millrace.bench.command;

import io.millrace.bench.latency.Percentiles;
import io.millrace.bench.result.SaveOption;
import io.millrace.bench.swap.Spans;
import io.millrace.bench.swap.SwapBenchmark;
import io.millrace.bench.swap.SwapOutcome;
import io.millrace.bench.swap.SwapPipeline;
import io.millrace.bench.swap.SwapPlan;
import io.millrace.bench.swap.SwapReport;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.WrongUseException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a new version does to the records that flow. */
@Command(
        name = "swap",
        description = {
            "Publishes one version after another while events flow at a share of the maximum rate, and measures what each"
                    + " does to them, exactly-once.",
            "PAUSE is what keeps the stream thread from scoring: taking the version, timed by the stream itself, and by how"
                    + " much the first batch with it is slower than as many others of its size, at the 99.9th percentile."
                    + " What a batch takes anyway, and a commit, are no pause; what the commit takes longer to tell of the"
                    + " version is shown.",
            "GAPS are between outputs as the stream hands them over: the largest in half a second around each switch, and"
                    + " in windows as long between swaps. Versions are fetched, checked and warmed up on the same cores:"
                    + " what that costs shows in the LATENCY of events due from a publication to shortly after the switch.",
            "Exit code 1: an event was lost or scored twice, or a version was passed over."
        },
        footer = {
            "  millrace bench swap",
            "  millrace bench swap --pipeline tabular --swaps 50",
            "  millrace bench swap --pipeline transformer --model deploy/models/sentiment --json --save"
        })
final class BenchSwapCommand implements Runnable {

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "200",
            description = "Versions to swap to, per pipeline. Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            split = ",",
            description =
                    "tabular: the stateful fraud pipeline and its trees; transformer: a classifier of texts. Default:"
                            + " both.")
    private List<String> pipelines = List.of();

    @Option(
            names = "--load",
            paramLabel = "PERCENT",
            defaultValue = "70",
            description = "Of the maximum, which is sought first. Default: ${DEFAULT-VALUE}.")
    private int load;

    @Option(
            names = "--commit",
            paramLabel = "MS",
            defaultValue = "100",
            description = "Commit interval of the stream, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long commitMillis;

    @Option(
            names = "--between",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "From a switch to the next publication; a quarter more or less. Default: ${DEFAULT-VALUE}.")
    private double betweenSeconds;

    @Option(
            names = "--maximum-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long a round lasts in which the maximum is sought. Default: ${DEFAULT-VALUE}.")
    private double maximumSeconds;

    @Option(
            names = "--warm-up-rounds",
            paramLabel = "N",
            defaultValue = "12",
            description =
                    "Rounds in which the maximum is sought: at most so many, and until three in a row get no faster."
                            + " Default: ${DEFAULT-VALUE}.")
    private int warmUpRounds;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long the load flows before the first swap. Default: ${DEFAULT-VALUE}.")
    private double settleSeconds;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "A model of texts for the transformer. Default: an encoder that has learned nothing.")
    private @Nullable Path model;

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
        SwapReport report = measure(asked(), plan());
        print(spec.commandLine().getOut(), report);
        save.save(report);
        report.outcomes().forEach((pipeline, outcome) -> {
            if (outcome.scoredAgain() > 0) {
                throw new FailedException(outcome.scoredAgain() + " of " + outcome.events() + " events of the "
                        + pipeline + " pipeline were scored twice");
            }
        });
    }

    private Set<SwapPipeline> asked() {
        EnumSet<SwapPipeline> asked = EnumSet.noneOf(SwapPipeline.class);
        for (String name : pipelines) {
            try {
                asked.add(SwapPipeline.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new WrongUseException("--pipeline must be tabular or transformer, was '" + name + "'");
            }
        }
        return asked.isEmpty() ? EnumSet.allOf(SwapPipeline.class) : asked;
    }

    private SwapPlan plan() {
        return Asked.of(() -> new SwapPlan(
                swaps,
                load,
                commitMillis,
                duration(betweenSeconds),
                duration(maximumSeconds),
                warmUpRounds,
                duration(settleSeconds),
                model,
                small));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private SwapReport measure(Set<SwapPipeline> asked, SwapPlan plan) {
        InFolder work = new InFolder(spec);
        return work.run(
                "swaps",
                (long) swaps * asked.size(),
                (folder, progress) -> new SwapBenchmark(plan, work.steps()).run(asked, folder, progress::at));
    }

    void print(PrintWriter out, SwapReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        for (Map.Entry<String, SwapOutcome> entry : report.outcomes().entrySet()) {
            print(out, entry.getKey(), entry.getValue());
        }
        out.flush();
    }

    private static void print(PrintWriter out, String pipeline, SwapOutcome outcome) {
        out.printf(
                Locale.ROOT,
                "%s: %d swaps under %,.1f of at most %,.1f events/s, %,d events, each scored once%n%n",
                pipeline,
                outcome.swaps(),
                outcome.rate(),
                outcome.maximumRate(),
                outcome.events());
        Listing spans = Listing.of("what", "count", "p50_ms", "p99_ms", "p99.9_ms", "max_ms");
        add(spans, "taking a version", outcome.taking());
        add(spans, "telling at the commit", outcome.telling());
        add(spans, "first batch", outcome.firstBatch());
        add(spans, "other batches", outcome.steadyBatch());
        add(spans, "first beyond its size", outcome.firstBatchBeyond());
        add(spans, "others beyond theirs", outcome.steadyBatchBeyond());
        add(spans, "gap at the switch", outcome.switchGap());
        add(spans, "largest gap at swaps", outcome.largestGapAtSwaps());
        add(spans, "largest gap, steady", outcome.largestGapSteady());
        add(spans, "publication to switch", outcome.loading());
        add(spans, "latency at swaps", outcome.latencyAtSwaps());
        add(spans, "latency, steady", outcome.latencySteady());
        spans.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%nPause at p99.9: %.3f ms, of which the first batch's excess is %.3f ms. Latency p99 at swaps / steady:"
                        + " %.3f. The load was sent %.1f ms late at worst.%n%n",
                outcome.pauseP999(),
                outcome.firstBatchExcess(),
                outcome.p99Ratio(),
                outcome.latestSendMillis());
    }

    private static void add(Listing listing, String what, Spans spans) {
        listing.add(
                what,
                spans.count(),
                rounded(spans.p50()),
                rounded(spans.p99()),
                rounded(spans.p999()),
                rounded(spans.max()));
    }

    private static void add(Listing listing, String what, Percentiles latency) {
        listing.add(
                what,
                latency.count(),
                rounded(latency.p50()),
                rounded(latency.p99()),
                rounded(latency.p999()),
                rounded(latency.max()));
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1e3) / 1e3;
    }
}
