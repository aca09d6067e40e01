package io.millrace.bench.command;

import io.millrace.bench.HotKeyBenchmark;
import io.millrace.bench.HotKeyLine;
import io.millrace.bench.result.SaveOption;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.feature.FeatureSets;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an event of a hot key costs. */
@Command(
        name = "hot-key",
        description = {
            "Measures what an event of a hot key, with 100,000 events in its longest window, costs its feature stage,"
                    + " against one of a cold key with 50."
        },
        footer = {"  millrace bench hot-key", "  millrace bench hot-key --rounds 21 --json"})
final class BenchHotKeyCommand implements Runnable {

    private static final String EXPLANATION = """
            The same events at the same times through each stage of the feature set 'handbook-15', spread over fewer or
            more keys: EVENTS OF KEY are of one key in its longest window. State lies in memory and in all loads holds
            equally many events. %,d rounds of %,d events a load, interleaved, after a warm-up; medians.
            TIMES COLD: the time of an event as a multiple of the coldest keys' in the same round.
            LOOK UPS, BYTES WRITTEN: reads of the store, and keys and values written to it, for each event; a stage that
            needs labels takes in the event's label too, in all these numbers.
            KEPT SHORT, KEPT LONG: bytes of state for each event that the windows reach, filled once and a half, and at
            the end, when the history is so many TIMES LONGER.
            """;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Events in the hot key's longest window, a multiple of 50. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "11",
            description = "Measured rounds; medians are told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        HotKeyBenchmark benchmark = benchmark();
        PrintWriter out = spec.commandLine().getOut();
        List<HotKeyLine> lines;
        try (Progress progress = new Progress(
                spec.commandLine().getErr(), "rounds", benchmark.steps(), Progress.isTerminal(), System::nanoTime)) {
            lines = benchmark.run(progress::at);
        }
        Listing listing = Listing.of(
                "stage",
                "keys",
                "events_of_key",
                "nanos_per_event",
                "times_cold",
                "look_ups",
                "bytes_written",
                "kept_short",
                "kept_long",
                "times_longer");
        lines.forEach(line -> listing.add(
                line.stage(),
                line.keys(),
                line.eventsOfKey(),
                Math.round(line.nanosPerEvent()),
                rounded(line.timesCold()),
                rounded(line.lookUps()),
                rounded(line.bytesWritten()),
                rounded(line.keptShort()),
                rounded(line.keptLong()),
                rounded(line.timesLonger())));
        listing.print(out, json.json(), "");
        save.save(lines);
        if (!json.json()) {
            out.printf(Locale.ROOT, "%n" + EXPLANATION, benchmark.rounds(), benchmark.eventsPerRound());
        }
    }

    private HotKeyBenchmark benchmark() {
        try {
            return new HotKeyBenchmark(FeatureSets.named(FeatureSets.HANDBOOK), events, rounds, System::nanoTime);
        } catch (IllegalArgumentException impossible) {
            throw new WrongUseException(String.valueOf(impossible.getMessage()));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
