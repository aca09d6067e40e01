package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    @Test
    void printsATableAndWhatIsCompared() {
        CommandRun run = CommandRun.of("bench", "hot-key", "--events", "1000", "--rounds", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("TIMES COLD", "customer_id", "terminal_id", "1 rounds of 250 events a load");
        assertThat(run.err()).contains("rounds");
    }

    @Test
    void printsJsonForPrograms() throws Exception {
        CommandRun run = CommandRun.of("bench", "hot-key", "--events", "1000", "--rounds", "1", "--json");

        JsonNode lines = new ObjectMapper().readTree(run.out());
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).get("events_of_key").asInt()).isEqualTo(1000);
        assertThat(lines.get(0).get("look_ups").asDouble()).isGreaterThan(1);
    }

    @Test
    void anImpossibleNumberOfEventsIsWrongUse() {
        CommandRun run = CommandRun.of("bench", "hot-key", "--events", "77");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("multiple of 50", "77");
    }

    @Test
    void tooFewTransactionsForARoundAreWrongUse() {
        CommandRun run = CommandRun.of("bench", "label-to-live", "--transactions", "77");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("at least 10000, were 77");
    }

    @Test
    void measuresTheMemoryOfFineTuning() throws Exception {
        CommandRun run = CommandRun.of("bench", "fine-tuning", "--small", "--runs", "3", "--texts", "40", "--json");

        JsonNode lines = new ObjectMapper().readTree(run.out());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2).get("resident_mb").asLong()).isPositive();
        assertThat(lines.get(2).get("parity").asDouble()).isLessThan(1e-4);
    }

    @Test
    void measuresTextsInAllWaysAndBothForms() throws Exception {
        CommandRun run = CommandRun.of("bench", "text", "--small", "--texts", "24", "--rounds", "1", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("lines").findValuesAsText("way"))
                .containsExactly("raw", "model", "stream", "stream-again", "raw", "model", "stream", "stream-again");
        for (JsonNode line : report.get("lines")) {
            assertThat(line.get("textsPerSecond").get("median").asDouble()).isPositive();
        }
        assertThat(report.get("lines").get(2).get("padding").asDouble()).isBetween(0.0, 0.1);
        assertThat(report.get("int8OverFp32").get("stream").get("median").asDouble())
                .isPositive();
    }

    @Test
    void noTextIsLostWhileItsModelIsSwapped() throws Exception {
        CommandRun run = CommandRun.of("bench", "swap-text", "--small", "--swaps", "1", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("scoredOnce").asInt())
                .isPositive()
                .isEqualTo(report.get("sent").asInt());
        assertThat(report.get("bytes").get("model.int8.onnx").get("head").asLong())
                .isLessThan(
                        report.get("bytes").get("model.int8.onnx").get("last-2").asLong());
    }

    @Test
    void noRoundsOfTextsAreWrongUse() {
        CommandRun run = CommandRun.of("bench", "text", "--small", "--rounds", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("at least 1 text, 1 round and 1 thread");
    }

    @Test
    void asksWhatToMeasure() {
        CommandRun run = CommandRun.of("bench");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("hot-key");
    }
}
