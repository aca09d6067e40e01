package io.millrace.bench.command;

import io.millrace.bench.live.MemoryNow;
import io.millrace.bench.result.SaveOption;
import io.millrace.bench.swap.SoakBenchmark;
import io.millrace.bench.swap.SoakPlan;
import io.millrace.bench.swap.SoakPoint;
import io.millrace.bench.swap.SoakReport;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What thousands of versions do to the memory of a stream. */
@Command(
        name = "soak",
        description = {
            "Publishes versions of the fraud model one after the other, each another file, as fast as the stream takes them"
                    + " over, while transactions flow lightly, exactly-once; tells what the stream's process holds on the"
                    + " way. A swap counts when a batch has met the version.",
            "The stream's Java heap is of a fixed size and touched from the start: what grows in RESIDENT is NATIVE. HEAP is"
                    + " what lives after a full collection, JVM what the JVM itself has committed, heap included.",
            "Exit code 1: a version was passed over, or an event was lost or scored twice."
        },
        footer = {"  millrace bench soak", "  millrace bench soak --swaps 300 --json", "  millrace bench soak --save"})
final class BenchSoakCommand implements Runnable {
    private static final double MEGABYTE = 1024 * 1024;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Versions to swap to. Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Transactions a second that flow meanwhile. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "How long as many transactions as can flow before the first swap, so that what grows with them has"
                            + " grown by then. Default: ${DEFAULT-VALUE}.")
    private int settleSeconds;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BrokerConnection.muteLoopbackWarnings();
        SoakPlan plan = Asked.of(() -> new SoakPlan(swaps, rate, Duration.ofSeconds(settleSeconds)));
        InFolder work = new InFolder(spec);
        SoakReport report = work.run(
                "swaps", swaps, (folder, progress) -> new SoakBenchmark(plan, work.steps()).run(folder, progress::at));
        print(spec.commandLine().getOut(), report);
        save.save(report);
        if (report.scoredAgain() > 0) {
            throw new FailedException(
                    report.scoredAgain() + " of " + report.events() + " events were scored twice under exactly-once");
        }
    }

    private void print(PrintWriter out, SoakReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing points = Listing.of(
                "swaps", "seconds", "resident_mb", "native_mb", "jvm_mb", "heap_mb", "sessions", "threads", "files");
        for (SoakPoint point : report.points()) {
            MemoryNow memory = point.memory();
            points.add(
                    point.swaps(),
                    Math.round(point.seconds()),
                    megabytes(memory.residentBytes()),
                    megabytes(memory.nativeBytes()),
                    megabytes(memory.jvmBytes()),
                    megabytes(memory.heapUsedBytes()),
                    memory.openSessions(),
                    memory.threads(),
                    memory.files());
        }
        points.print(out, false, "");
        out.println();
        Listing topics = Listing.of("topic", "mb", "segments");
        report.topicBytes().forEach(topic -> topics.add(topic.topic(), megabytes(topic.bytes()), topic.segments()));
        topics.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%n%d swaps, %.1f a second (publishing %.1f ms, taking %.1f ms in the middle), with %,d events in all. At the"
                        + " end against %d swaps: resident %.3f, native %.3f, heap %.3f.%n",
                report.swaps(),
                report.swapsPerSecond(),
                report.steps().publishing().p50(),
                report.steps().taking().p50(),
                report.events(),
                report.firstAt(),
                report.residentRatio(),
                report.nativeRatio(),
                report.heapUsedRatio());
        out.flush();
    }

    private static double megabytes(long bytes) {
        return Math.round(bytes / MEGABYTE * 10) / 10.0;
    }
}
