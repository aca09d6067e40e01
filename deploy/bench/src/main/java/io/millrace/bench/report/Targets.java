package io.millrace.bench.report;

import static io.millrace.bench.report.Target.Bound.AT_LEAST;
import static io.millrace.bench.report.Target.Bound.AT_MOST;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The levels that were set before anything was measured, beside what the saved results say.
 *
 * <p>Threading: immutable.
 */
final class Targets {
    private static final double HALF_LOAD = 50;
    private static final long SWAPS_OF_SOAK = 10_000;

    private final Map<String, Saved> results;
    private final List<Line> lines = new ArrayList<>();

    /** A target with what came of it. */
    private record Line(
            Target target, OptionalDouble value, @Nullable String why) {}

    Targets(Map<String, Saved> results) {
        this.results = results;
        all().forEach(this::judge);
    }

    private List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(ratio("Fraud, stateless: ours against the lower of the limits", 0.95, "stateless/limit"));
        all.add(ratio("Fraud, stateful: ours against a model that answers a constant", 0.90, "stateful/limit"));
        all.add(ratio("Fraud, stateless: ours against one record at a time", 3, "stateless/naive"));
        all.add(ratio("Fraud, stateless: ours against Flink", 1.5, "stateless/flink"));
        all.add(ratio("Text: ours against ONNX Runtime alone", 0.95, "text/limit"));
        for (long commitMillis : commitIntervals("EXACTLY_ONCE")) {
            all.add(latency("exactly-once", 100, "EXACTLY_ONCE", commitMillis));
        }
        for (long commitMillis : commitIntervals("AT_LEAST_ONCE")) {
            all.add(latency("at-least-once", 30, "AT_LEAST_ONCE", commitMillis));
        }
        all.add(swap("Pause at a swap, p99.9, tabular", 1, " ms", "pauseMillisP999", "tabular"));
        all.add(swap("Pause at a swap, p99.9, transformer", 5, " ms", "pauseMillisP999", "transformer"));
        all.add(swap("Latency p99 at swaps against steady, tabular", 1.10, "", "p99", "tabular", "ratio"));
        all.add(swap("Latency p99 at swaps against steady, transformer", 1.10, "", "p99", "transformer", "ratio"));
        all.add(new Target(
                "Resident memory at swap 10,000 against swap 100", AT_MOST, 1.05, "", "soak", Targets::soakGrowth));
        all.add(new Target(
                "From a label to the first score by what it led to, fraud",
                AT_MOST,
                30,
                " s",
                results.containsKey("label-to-live") ? "label-to-live" : "training",
                result -> Saved.number(result, "labelToLiveSeconds")));
        if (results.containsKey("gpu")) {
            all.add(new Target(
                    "Largest difference of a probability between GPU and CPU",
                    AT_MOST,
                    1e-3,
                    "",
                    "gpu",
                    Targets::parityOnGpu));
        }
        return all;
    }

    private static Target ratio(String figure, double level, String name) {
        return new Target(figure, AT_LEAST, level, " ×", "throughput", result -> Saved.number(result, "ratios", name));
    }

    private static Target swap(String figure, double level, String unit, String... path) {
        return new Target(figure, AT_MOST, level, unit, "swap", result -> Saved.number(result, path));
    }

    private static Target latency(String words, double level, String guarantee, long commitMillis) {
        String figure = "Latency p99 at 50 % load, two hops, " + words + ", commits every " + commitMillis + " ms";
        return new Target(figure, AT_MOST, level, " ms", "latency", result -> {
            for (JsonNode line : result.path("lines")) {
                if (result.path("pipeline").asText().equals("stateful")
                        && line.path("guarantee").asText().equals(guarantee)
                        && line.path("load").asDouble() == HALF_LOAD
                        && line.path("commitMillis").asLong() == commitMillis) {
                    return Saved.number(line, "latency", "p99");
                }
            }
            return OptionalDouble.empty();
        });
    }

    /** Those that were measured; without any, the default. */
    private Set<Long> commitIntervals(String guarantee) {
        Set<Long> intervals = new TreeSet<>();
        Saved latency = results.get("latency");
        if (latency != null) {
            for (JsonNode line : latency.result().path("lines")) {
                if (line.path("guarantee").asText().equals(guarantee)) {
                    intervals.add(line.path("commitMillis").asLong());
                }
            }
        }
        return intervals.isEmpty() ? Set.of(100L) : intervals;
    }

    private static OptionalDouble soakGrowth(JsonNode result) {
        return result.path("swaps").asLong() >= SWAPS_OF_SOAK
                ? Saved.number(result, "residentRatio")
                : OptionalDouble.empty();
    }

    private static OptionalDouble parityOnGpu(JsonNode result) {
        if (!result.path("device").asText().equals("cuda")) {
            return OptionalDouble.empty();
        }
        double largest = 0;
        for (JsonNode line : result.path("parity")) {
            largest = Math.max(largest, line.path("largestDifference").asDouble());
        }
        return OptionalDouble.of(largest);
    }

    private void judge(Target target) {
        Saved saved = results.get(target.file());
        if (saved == null) {
            lines.add(new Line(target, OptionalDouble.empty(), "no " + target.file() + ".json"));
            return;
        }
        OptionalDouble value = target.found().apply(saved.result());
        lines.add(new Line(target, value, value.isPresent() ? null : "not in " + target.file() + ".json"));
    }

    /** What came of it all, in a sentence. */
    String inWords() {
        long measured = lines.stream().filter(line -> line.value().isPresent()).count();
        return String.format(
                Locale.ROOT,
                "%d of %d targets are measured: %d met, %d missed.",
                measured,
                lines.size(),
                count(true),
                measured - count(true));
    }

    private long count(boolean met) {
        return lines.stream()
                .filter(line -> line.value().isPresent()
                        && line.target().isMet(line.value().getAsDouble()) == met)
                .count();
    }

    String table() {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : lines) {
            Target target = line.target();
            String measured =
                    line.value().isPresent() ? Texts.number(line.value().getAsDouble()) + target.unit() : "–";
            rows.add(List.of(
                    Html.escape(target.figure()),
                    cell(target.bound().sign() + " " + Texts.plain(target.level()) + target.unit()),
                    cell(measured),
                    verdict(line)));
        }
        return Html.table(List.of("Figure", "Target", "Measured", "Verdict"), rows);
    }

    private static String verdict(Line line) {
        if (line.value().isEmpty()) {
            return "<td class=\"soft\">not measured: " + Html.escape(String.valueOf(line.why())) + "</td>";
        }
        return line.target().isMet(line.value().getAsDouble())
                ? "<td class=\"verdict accepted\">met</td>"
                : "<td class=\"verdict refused\">missed</td>";
    }

    private static String cell(String text) {
        return "<td class=\"number\">" + Html.escape(text) + "</td>";
    }
}
