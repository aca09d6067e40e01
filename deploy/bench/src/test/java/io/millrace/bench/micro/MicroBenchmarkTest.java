package io.millrace.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import io.millrace.cli.output.WrongUseException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroBenchmarkTest {

    @Test
    void runsWhatTheFilterChoosesInAJvmOfItsOwnAndKeepsIt(@TempDir Path results) throws Exception {
        CommandRun run = CommandRun.of(
                "bench",
                "micro",
                "--filter",
                "^BatchFill",
                "--seconds",
                "0.01",
                "--json",
                "--save",
                results.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode lines = new ObjectMapper().readTree(run.out());
        assertThat(lines.findValuesAsText("benchmark")).containsExactly("BatchFill.row");
        assertThat(lines.get(0).get("nanos").asDouble()).isPositive();
        assertThat(lines.get(0).get("nanos_of_row").isNull()).isTrue();
        JsonNode saved =
                new ObjectMapper().readTree(results.resolve("micro.json").toFile());
        assertThat(saved.at("/result/0/nanosPerOp").asDouble())
                .isCloseTo(lines.get(0).get("nanos").asDouble(), within(0.1));
    }

    @Test
    void dividesTheTimeOfABatchByItsRows() {
        assertThat(MicroLine.of("ModelRun.batch", Map.of("rows", "64"), 640, 6).nanosPerRow())
                .isEqualTo(10);
        assertThat(MicroLine.of("BatchFill.row", Map.of(), 640, Double.NaN).nanosPerRow())
                .isNull();
    }

    @Test
    void namesTheBenchmarksThatThereAreWhenAFilterMatchesNone() {
        assertThatThrownBy(() -> new MicroBenchmark("Nothing", 1, 1))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("--filter 'Nothing' matches none of")
                .hasMessageContaining("BatchFill.row")
                .hasMessageContaining("FeatureUpdate.event");
    }

    @Test
    void saysWhatIsWrongWithAFilter() {
        assertThatThrownBy(() -> new MicroBenchmark("(", 1, 1))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("is no regular expression");
    }
}
