package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import org.junit.jupiter.api.Test;

class LiveCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void measuresLatencyUnderBothGuarantees() throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "latency",
                "--commit",
                "20",
                "--at-least-once",
                "100",
                "--loads",
                "10",
                "--warm-up-rounds",
                "1",
                "--seconds",
                "0.5",
                "--warm-up",
                "0.5",
                "--maximum-seconds",
                "2",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("lines").findValuesAsText("guarantee")).containsExactly("EXACTLY_ONCE", "AT_LEAST_ONCE");
        for (JsonNode line : report.get("lines")) {
            JsonNode latency = line.get("latency");
            assertThat(latency.get("count").asLong())
                    .isEqualTo(Math.max(1, Math.round(line.get("rate").asDouble() / 2)));
            assertThat(latency.get("p50").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(latency.get("max").asDouble());
            assertThat(line.get("scoredAgain").asInt()).isZero();
        }
    }

    @Test
    void measuresSwapsOfTrees() throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "swap",
                "--pipeline",
                "tabular",
                "--swaps",
                "2",
                "--warm-up-rounds",
                "2",
                "--between",
                "1.2",
                "--maximum-seconds",
                "2",
                "--settle",
                "1",
                "--load",
                "10",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = JSON.readTree(run.out());
        JsonNode outcome = report.get("outcomes").get("tabular");
        assertThat(outcome.get("swaps").asInt()).isEqualTo(2);
        assertThat(outcome.get("taking").get("p50").asDouble()).isPositive();
        assertThat(outcome.get("largestGapSteady").get("count").asInt()).isPositive();
        assertThat(outcome.get("latencyAtSwaps").get("count").asInt()).isPositive();
        assertThat(report.get("pauseMillisP999").get("tabular").asDouble())
                .isGreaterThanOrEqualTo(outcome.get("taking").get("max").asDouble());
    }

    @Test
    void tellsWhatTheStreamHoldsAfterSwaps() throws Exception {
        CommandRun run = CommandRun.of("bench", "soak", "--swaps", "5", "--rate", "100", "--settle", "2", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("points").findValuesAsText("swaps")).containsExactly("1", "5");
        for (JsonNode point : report.get("points")) {
            assertThat(point.get("memory").get("openSessions").asInt())
                    .as("the one that serves, and those of the last quarter of a second")
                    .isBetween(1, 3);
            assertThat(point.get("memory").get("residentBytes").asLong()).isPositive();
        }
        assertThat(report.get("residentRatio").asDouble()).isPositive();
        assertThat(report.get("events").asLong()).isPositive();
    }

    @Test
    void impossibleNumbersAreWrongUse() {
        assertThat(CommandRun.of("bench", "swap", "--swaps", "0").err()).contains("at least 1 swap");
        assertThat(CommandRun.of("bench", "swap", "--pipeline", "images").err()).contains("tabular or transformer");
        assertThat(CommandRun.of("bench", "soak", "--swaps", "1").err()).contains("at least 2 swaps");
        assertThat(CommandRun.of("bench", "latency", "--loads", "0").exitCode()).isEqualTo(2);
    }
}
