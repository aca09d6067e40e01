package io.millrace.bench.command;

import io.millrace.bench.LateLabelBenchmark;
import io.millrace.bench.LateLabelReport;
import io.millrace.bench.LateLabelReport.StateSize;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.stream.runtime.LabelBalance;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether every label is accounted for. */
@Command(
        name = "late-labels",
        description = {
            "Sends events and their labels through the stream on a broker of its own: late by up to the horizon,"
                    + " early, twice, corrected, retracted, in the wrong order, or for events that nobody knows.",
            "Compares what became of each label and each event with what had to, and shows how large the state was."
        },
        footer = {"  millrace bench late-labels", "  millrace bench late-labels --events 100000 --json"})
final class BenchLateLabelsCommand implements Runnable {
    private static final double BYTES_PER_MEGABYTE = 1024.0 * 1024.0;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Events, spread evenly over the span. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--span-days",
            paramLabel = "N",
            defaultValue = "240",
            description = "Days of event time that the events are spread over. Default: ${DEFAULT-VALUE}.")
    private int spanDays;

    @Option(
            names = "--horizon-days",
            paramLabel = "N",
            defaultValue = "120",
            description = "How late labels may be, in days of event time. Default: ${DEFAULT-VALUE}.")
    private int horizonDays;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed makes another plan. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BrokerConnection.muteLoopbackWarnings();
        LateLabelBenchmark benchmark = benchmark();
        LateLabelReport report =
                new InFolder(spec).run("events", events, (folder, progress) -> benchmark.run(folder, progress::at));
        print(spec.commandLine().getOut(), report);
        save.save(facts(report));
        if (!report.wrong().isEmpty()) {
            throw new FailedException(String.join("; ", report.wrong()));
        }
    }

    private LateLabelBenchmark benchmark() {
        return Asked.of(() -> new LateLabelBenchmark(
                events,
                Duration.ofDays(spanDays),
                Duration.ofDays(horizonDays),
                Duration.ofDays(Math.max(1, horizonDays / 60)),
                seed,
                System::nanoTime));
    }

    private void print(PrintWriter out, LateLabelReport report) {
        if (json.json()) {
            Listing.printJson(out, facts(report));
            return;
        }
        Listing fates = Listing.of("events", "of_these");
        report.eventsByFate().forEach((fate, count) -> fates.add(fate.replace('_', ' '), count));
        fates.print(out, false, "");
        out.println();
        Listing balance = Listing.of("labels", "counted", "expected");
        Map<String, Long> expected = labels(report.expected());
        labels(report.counted()).forEach((name, count) -> balance.add(name, count, expected.get(name)));
        balance.add("unaccounted", report.counted().unaccounted(), 0);
        balance.print(out, false, "");
        out.println();
        Listing sizes = Listing.of("event_time", "events", "waiting_labels", "state_mb");
        for (StateSize size : report.sizes()) {
            sizes.add(
                    Instant.ofEpochMilli(size.eventTimeMillis()).toString().substring(0, 10),
                    size.events(),
                    size.waitingLabels(),
                    Math.round(size.bytes() / BYTES_PER_MEGABYTE));
        }
        sizes.print(out, false, "");
        out.printf(
                Locale.ROOT,
                "%n%,d events and %,d labels in %.1f s: %s%n",
                events,
                report.counted().received(),
                report.seconds(),
                report.wrong().isEmpty()
                        ? "every label is accounted for, every event ended as it had to"
                        : "NOT as it had to be");
        out.flush();
    }

    private static Map<String, Object> facts(LateLabelReport report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("events", report.eventsByFate());
        facts.put("labels", labels(report.counted()));
        facts.put("expected", labels(report.expected()));
        facts.put("unaccounted", report.counted().unaccounted());
        facts.put("state", report.sizes());
        facts.put("seconds", report.seconds());
        facts.put("wrong", report.wrong());
        return facts;
    }

    private static Map<String, Long> labels(LabelBalance balance) {
        Map<String, Long> labels = new LinkedHashMap<>();
        labels.put("received", balance.received());
        labels.put("settled", balance.settled());
        labels.put("duplicate", balance.duplicate());
        labels.put("superseded", balance.superseded());
        labels.put("waiting", balance.waiting());
        labels.put("orphaned", balance.orphaned());
        labels.put("dead-lettered", balance.dead());
        return labels;
    }
}
