package io.millrace.bench.command;

import io.millrace.bench.result.SaveOption;
import io.millrace.bench.scale.RestoreBenchmark;
import io.millrace.bench.scale.RestoreReport;
import io.millrace.bench.scale.RestoreWay;
import io.millrace.cli.output.ByteSize;
import io.millrace.cli.output.JsonOption;
import io.millrace.cli.output.Listing;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How long until a stream with a large state scores again. */
@Command(
        name = "restore",
        description = {
            "Has the stateful fraud pipeline build so much state, stops or kills its process, and measures how long it"
                    + " takes until all partitions score again: with its folder, with an empty one, with a standby.",
            "Needs four times as much room on disk. 1 GB takes some ten minutes on two cores."
        },
        footer = {
            "  millrace bench restore",
            "  millrace bench restore --bytes 200MB --json",
            "  millrace bench restore --bytes 200MB --way kept,standby"
        })
final class BenchRestoreCommand implements Runnable {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(kB|MB|GB|)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of("", 1L, "kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L);

    @Option(
            names = "--bytes",
            paramLabel = "SIZE",
            defaultValue = "1GB",
            description = "State on disk, as in 200MB or 1GB. Default: ${DEFAULT-VALUE}.")
    private String bytes = "";

    @Option(
            names = "--way",
            paramLabel = "WAY",
            split = ",",
            converter = WayConverter.class,
            description = "Only these: kept, killed, fresh, replaced, standby. Default: all.")
    private Set<RestoreWay> ways = EnumSet.allOf(RestoreWay.class);

    @Mixin
    private JsonOption json;

    @Mixin
    private SaveOption save;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        InFolder work = new InFolder(spec);
        RestoreReport report =
                work.run(folder -> Asked.of(() -> new RestoreBenchmark(size(bytes), ways, folder, work.steps()))
                        .run());
        print(spec.commandLine().getOut(), report);
        save.save(report);
    }

    /** Ways are written in lower case. */
    static final class WayConverter implements ITypeConverter<RestoreWay> {
        @Override
        public RestoreWay convert(String word) {
            try {
                return RestoreWay.valueOf(word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException("there is no way '" + word + "'");
            }
        }
    }

    /** Bytes of an amount in words. */
    static long size(String words) {
        Matcher size = SIZE.matcher(words.strip());
        if (!size.matches()) {
            throw new IllegalArgumentException("--bytes must be a number with kB, MB or GB, was '" + words + "'");
        }
        long unit = UNITS.getOrDefault(size.group(2).toLowerCase(Locale.ROOT), 1L);
        return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
    }

    private void print(PrintWriter out, RestoreReport report) {
        if (json.json()) {
            Listing.printJson(out, report);
            out.flush();
            return;
        }
        Listing listing = Listing.of("way", "seconds", "partitions_lost", "meaning");
        report.lines()
                .forEach(line -> listing.add(
                        line.way(), Math.round(line.seconds() * 10) / 10.0, line.partitionsLost(), line.meaning()));
        listing.print(out, false, "");
        out.printf(
                Locale.ROOT,
                """

                %s of state on disk, %s of changelog on the broker, from %,d events, each of a customer and a terminal of
                its own, which the pipeline itself scored in %.0f s. SECONDS: from the kill, or from the start where the
                stop was orderly, until every partition has committed scores of new events.
                """,
                ByteSize.text(report.stateBytes()),
                ByteSize.text(report.changelogBytes()),
                report.events(),
                report.fillSeconds());
        out.flush();
    }
}
