package io.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void drawsWhatAnotherBenchmarkSaved() throws Exception {
        String results = folder.toString();
        CommandRun.of("bench", "hot-key", "--events", "1000", "--rounds", "1", "--save", results);

        CommandRun run = CommandRun.of("bench", "report", "--results", results);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("report.html shows 1 results");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains(
                        "<h2>hot-key</h2>", "millrace bench hot-key --events 1000", "not measured: no throughput.json")
                .doesNotContain("http://", "https://", "<script", "<link");
    }

    @Test
    void judgesTargetsByWhatWasSaved() throws Exception {
        JsonNode throughput = result("""
                {"ratios": {"stateless/limit": 0.96, "stateless/naive": 2.9},
                 "rates": {"stateless": {"ours": {"lowest": 90, "median": 96, "highest": 99}}},
                 "spread": {"stateless/limit": {"lowest": 0.9, "median": 0.96, "highest": 1}}}""");

        String page = new ReportPage(Map.of("throughput", throughput)).html();

        assertThat(page)
                .contains("2 of 13 targets are measured: 1 met, 1 missed.")
                .contains("≥ 0.95 ×</td><td class=\"number\">0.960 ×</td><td class=\"verdict accepted\">met</td>")
                .contains("≥ 3 ×</td><td class=\"number\">2.90 ×</td><td class=\"verdict refused\">missed</td>")
                .contains("stateless/limit: 0.960, rounds from 0.900 to 1");
    }

    @Test
    void aLatencyCountsAtHalfTheLoadOfTwoHops() throws Exception {
        String line = "{\"guarantee\": \"%s\", \"commitMillis\": %d, \"load\": %d, \"latency\": {\"p99\": %d}}";
        String lines = String.join(
                ",",
                line.formatted("EXACTLY_ONCE", 20, 50, 41),
                line.formatted("EXACTLY_ONCE", 20, 70, 777),
                line.formatted("AT_LEAST_ONCE", 100, 50, 31));

        String stateful = page("stateful", lines);
        String stateless = page("stateless", lines);

        assertThat(stateful)
                .contains("commits every 20 ms</td><td class=\"number\">≤ 100 ms</td><td class=\"number\">41 ms");
        assertThat(stateful).contains("31 ms</td><td class=\"verdict refused\">missed");
        assertThat(stateless).contains("0 of 13");
    }

    @Test
    void drawsWhatEachBenchmarkFound() throws Exception {
        assertThat(pageOf("scale", "[{'curve': 'keys', 'keys': 1000, 'ratio': {'median': 2.5}}]"))
                .contains("Cost of an event by number of keys", "median, keys 1,000: 2.50");
        assertThat(pageOf("restore", "{'stateBytes': 1e9, 'lines': [{'way': 'standby', 'seconds': 3.2}]}"))
                .contains("with 1,000 MB of state", "standby: 3.20");
        assertThat(pageOf(
                        "micro",
                        "[{'name': 'BatchFill.row', 'nanosPerOp': 12, 'error': 2, 'parameters': {'rows': 64}}]"))
                .contains("batch fill", "row (rows 64): 12, rounds from 10 to 14");
        assertThat(pageOf("soak", "{'points': [{'swaps': 100, 'memory': {'residentBytes': 5e8, 'jvmBytes': -1}}]}"))
                .contains("resident, swaps 100: 500")
                .doesNotContain("jvm, swaps");
        assertThat(pageOf("swap", "{'pauseMillisP999': {'tabular': 0.4}}")).contains("tabular: 0.400", "1 met");
        assertThat(pageOf(
                        "gpu",
                        "{'throughput': [{'model': 'm', 'batch': 8, 'ours': {'median': 5}, 'raw': {'median': 6}}]}"))
                .contains("ours, rows per batch 8: 5");
        assertThat(pageOf("swap-elsewhere", "{'pauseMillisP999': {'tabular': 0.4}}", "'benchmark': 'swap', "))
                .as("another file is drawn alike, but no target is met by it")
                .contains("tabular: 0.400")
                .doesNotContain("1 met");
        assertThat(pageOf("unknown", "{'answer': 42}")).contains("<h2>unknown</h2>", "answer", "42");
    }

    @Test
    void aCurveEndsBeforeAHundredPercent() throws Exception {
        JsonNode percentiles = JSON.readTree("""
                {"max": 9, "curve": [{"percentile": 0, "millis": 1}, {"percentile": 99.9, "millis": 5},
                  {"percentile": 99.99, "millis": 9}, {"percentile": 100, "millis": 9}]}""");

        String figure = new Curves("waits").add("at swaps", percentiles).figure();

        assertThat(figure).contains("99.99 %").doesNotContain("99.999 %", "NaN", "Infinity");
    }

    @Test
    void namesTheFolderThatIsMissing() {
        CommandRun run = CommandRun.of(
                "bench", "report", "--results", folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no folder", "--save");
    }

    @Test
    void numbersHaveTheDigitsThatCount() {
        assertThat(Texts.number(1234567.8)).isEqualTo("1,234,568");
        assertThat(Texts.number(0.0004)).isEqualTo("4.0e-04");
        assertThat(Texts.number(3)).isEqualTo("3");
        assertThat(Texts.brief(2_500_000)).isEqualTo("2.5M");
        assertThat(Texts.brief(20_000)).isEqualTo("20k");
        assertThat(Texts.brief(0.5)).isEqualTo("0.5");
        assertThat(Texts.words("largestGapAtSwaps")).isEqualTo("largest gap at swaps");
    }

    private static String pageOf(String name, String found) throws Exception {
        return pageOf(name, found, "");
    }

    private static String pageOf(String name, String found, String beside) throws Exception {
        return new ReportPage(Map.of(name, result(found.replace('\'', '"'), beside.replace('\'', '"')))).html();
    }

    private static String page(String pipeline, String lines) throws Exception {
        return new ReportPage(
                        Map.of("latency", result("{\"pipeline\": \"" + pipeline + "\", \"lines\": [" + lines + "]}")))
                .html();
    }

    private static JsonNode result(String json) throws Exception {
        return result(json, "");
    }

    private static JsonNode result(String json, String beside) throws Exception {
        return JSON.readTree(
                "{" + beside + "\"command\": \"millrace bench x\", \"commit\": \"abc\", \"result\": " + json + "}");
    }
}
