package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTrainingCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void measuresEveryLearnerAndKeepsTheResult(@TempDir Path results) throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "training",
                "--small",
                "--examples",
                "4000",
                "--texts",
                "32",
                "--rounds",
                "1",
                "--transactions",
                "0",
                "--json",
                "--save",
                results.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode learners = JSON.readTree(run.out()).get("learners");
        assertThat(learners.findValuesAsText("trainable"))
                .containsExactly("10 more trees", "all", "head", "last: 2", "all");
        for (JsonNode line : learners) {
            assertThat(line.get("examplesPerSecond").get("median").asDouble()).isPositive();
            assertThat(line.get("learningSeconds").asDouble()).isPositive();
            assertThat(line.get("parity").asDouble()).isLessThan(1e-4);
        }
        assertThat(JSON.readTree(Files.readString(results.resolve("training.json")))
                        .get("result")
                        .get("learners"))
                .isEqualTo(learners);
    }

    @Test
    void tooFewExamplesAreWrongUse() {
        CommandRun run = CommandRun.of("bench", "training", "--examples", "5");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--examples must be at least 1000, was 5");
    }

    @Test
    void tooFewTransactionsAreRefusedBeforeAnythingIsLearnt() {
        CommandRun run = CommandRun.of("bench", "training", "--small", "--transactions", "5");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("transactions must be at least 10000, were 5")
                .doesNotContain("learnings");
    }
}
