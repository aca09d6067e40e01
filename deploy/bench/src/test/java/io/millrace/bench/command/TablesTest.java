package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.latency.LatencyLine;
import io.millrace.bench.latency.LatencyReport;
import io.millrace.bench.latency.Percentiles;
import io.millrace.bench.swap.Spans;
import io.millrace.bench.swap.SwapOutcome;
import io.millrace.bench.swap.SwapReport;
import io.millrace.stream.config.Guarantee;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a person reads of the numbers. */
class TablesTest {
    private static final Percentiles LATENCY =
            new Percentiles(1_000, 12.345, 20, 31.25, 44.449, 90.9, 101.5, List.of());

    private final StringWriter out = new StringWriter();
    private final PrintWriter printer = new PrintWriter(out);

    @Test
    void latencyHasARowForEachLoadUnderItsHeaders() {
        LatencyReport report = new LatencyReport(
                "stateful",
                Map.of(),
                List.of(
                        new LatencyLine(Guarantee.EXACTLY_ONCE, 100, 12_345.6, 30, 3_703.7, LATENCY, 0.44, 3, true, 0),
                        new LatencyLine(Guarantee.EXACTLY_ONCE, 20, 12_345.6, 70, 8_641.9, LATENCY, 10, 3, false, 0),
                        new LatencyLine(
                                Guarantee.AT_LEAST_ONCE, 100, 12_345.6, 30, 3_703.7, LATENCY, 0.44, 3, true, 7)));

        command(new BenchLatencyCommand()).print(printer, report);

        assertThat(printed()).startsWith("""
                GUARANTEE      COMMIT MS  MAXIMUM  LOAD  RATE  P50 MS  P90 MS  P99 MS  P99.9 MS  P99.99 MS  MAX MS  LATE MS  KEPT UP
                exactly-once         100    12346  30 %  3704    12.3    20.0    31.3      44.4       90.9   101.5      0.4  yes
                exactly-once          20    12346  70 %  8642    12.3    20.0    31.3      44.4       90.9   101.5     10.0  no
                at-least-once        100    12346  30 %  3704    12.3    20.0    31.3      44.4       90.9   101.5      0.4  yes

                Pipeline stateful, 1 stream threads.""");
    }

    @Test
    void swapHasARowForEachSpanUnderItsHeadersForEachPipeline() {
        Map<String, SwapOutcome> outcomes = Map.of("tabular", outcome());

        command(new BenchSwapCommand()).print(printer, new SwapReport(Map.of(), Map.of(), Map.of(), outcomes));

        assertThat(printed()).startsWith("""
                tabular: 200 swaps under 7,000.0 of at most 10,000.0 events/s, 1,400,000 events, each scored once

                WHAT                   COUNT  P50 MS  P99 MS  P99.9 MS  MAX MS
                taking a version         200   0.123     1.5     22.75   333.0
                telling at the commit    200   0.123     1.5     22.75   333.0
                first batch              200   0.123     1.5     22.75   333.0
                other batches            200   0.123     1.5     22.75   333.0
                first beyond its size    200   0.123     1.5     22.75   333.0
                others beyond theirs     200   0.123     1.5     22.75   333.0
                gap at the switch        200   0.123     1.5     22.75   333.0
                largest gap at swaps     200   0.123     1.5     22.75   333.0
                largest gap, steady      200   0.123     1.5     22.75   333.0
                publication to switch    200   0.123     1.5     22.75   333.0
                latency at swaps        1000  12.345   31.25    44.449   101.5
                latency, steady         1000  12.345   31.25    44.449   101.5

                Pause at p99.9: 0.500 ms""");
    }

    private static SwapOutcome outcome() {
        Spans spans = new Spans(200, 0.1234, 1.5, 22.75, 333);
        return new SwapOutcome(
                200, 10_000, 7_000, 1_400_000, 0, spans, spans, spans, spans, spans, spans, spans, 0.25, 0.5, spans,
                spans, spans, 1.1, LATENCY, LATENCY, 2.5);
    }

    private static <T> T command(T command) {
        new CommandLine(command).parseArgs();
        return command;
    }

    private String printed() {
        printer.flush();
        return out.toString();
    }
}
