package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchThroughputCommandTest {

    @Test
    void measuresTextsAgainstLimitAndPeer() throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "throughput",
                "--pipeline",
                "text",
                "--small",
                "--warm-up-rounds",
                "1",
                "--rounds",
                "1",
                "--records",
                "400",
                "--jvm-options",
                "-Xmx256m -XX:TieredStopAtLevel=1",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("ratios").get("text/limit").asDouble()).isPositive();
        assertThat(report.get("ratios").get("text/naive").asDouble()).isPositive();
        assertThat(report.get("rates").get("text").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("constant", "raw", "naive", "ours");
        assertThat(report.get("settings")
                        .get("contenders")
                        .get("text")
                        .get("ours")
                        .get("guarantee")
                        .asText())
                .isEqualTo("EXACTLY_ONCE");
    }

    @Test
    void anUnknownPipelineIsWrongUse() {
        CommandRun run = CommandRun.of("bench", "throughput", "--pipeline", "stateles");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no pipeline 'stateles'", "stateless, stateful, text");
    }

    @Test
    void whoDoesNotTakePartIsWrongUse() {
        for (String against : List.of("flink", "constant,nobody")) {
            CommandRun run = CommandRun.of("bench", "throughput", "--pipeline", "stateful", "--against", against);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--against", "[constant, raw]", "stateful", against.replace(",", ", "));
        }
    }
}
