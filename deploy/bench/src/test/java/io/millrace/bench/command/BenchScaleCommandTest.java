package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import org.junit.jupiter.api.Test;

class BenchScaleCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void measuresEveryPointAgainstTheFirstOfItsCurve() throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "scale",
                "--records",
                "20000",
                "--partitions",
                "1",
                "--keys",
                "100",
                "--history",
                "100",
                "--rounds",
                "1",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode lines = JSON.readTree(run.out());
        assertThat(lines.findValuesAsText("curve")).containsExactly("partitions", "keys", "history");
        assertThat(lines.get(0).get("ratio").get("median").asDouble()).isEqualTo(1);
        for (JsonNode line : lines) {
            assertThat(line.get("perSecond").get("median").asDouble()).isPositive();
        }
    }

    @Test
    void amountsAreReadWithTheirUnit() {
        assertThat(BenchRestoreCommand.size("1GB")).isEqualTo(1_000_000_000);
        assertThat(BenchRestoreCommand.size("200 mb")).isEqualTo(200_000_000);
        assertThatThrownBy(() -> BenchRestoreCommand.size("much")).hasMessageContaining("was 'much'");
    }

    @Test
    void impossibleAmountsAreWrongUse() {
        assertThat(CommandRun.of("bench", "scale", "--rounds", "0").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("bench", "restore", "--bytes", "5kB").err()).contains("at least 1MB", "5000 bytes");
        assertThat(CommandRun.of("bench", "restore", "--way", "magic").exitCode())
                .isEqualTo(2);
    }
}
