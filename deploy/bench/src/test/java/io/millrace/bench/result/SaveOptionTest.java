package io.millrace.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveOptionTest {

    @TempDir
    private Path folder;

    @Test
    void keepsTheResultWithWhatItTakesToRepeatIt() throws Exception {
        String where = folder.resolve("results").toString();

        CommandRun run = CommandRun.of("bench", "hot-key", "--events", "1000", "--rounds", "1", "--save", where);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("saved as " + where);
        JsonNode kept =
                new ObjectMapper().readTree(Path.of(where, "hot-key.json").toFile());
        assertThat(kept.get("benchmark").asText()).isEqualTo("hot-key");
        assertThat(kept.get("command").asText())
                .isEqualTo("millrace bench hot-key --events 1000 --rounds 1 --save …/results");
        assertThat(kept.get("settings").get("events").asInt()).isEqualTo(1000);
        assertThat(kept.get("settings").fieldNames()).toIterable().containsExactlyInAnyOrder("events", "rounds");
        assertThat(kept.get("machine").get("cores").asInt()).isPositive();
        assertThat(kept.get("commit").asText()).isNotEmpty();
        assertThat(kept.get("versions").get("kafka-clients").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(kept.get("result")).hasSize(4);
    }

    @Test
    void namesFilesWithoutTheirFolders() {
        assertThat(SaveOption.withoutFolder("--input=/a/b/reviews.tsv.gz")).isEqualTo("--input=…/reviews.tsv.gz");
        assertThat(SaveOption.withoutFolder("deploy/models/fraud")).isEqualTo("deploy/models/fraud");
    }

    @Test
    void findsVersionsByTheNamesOfJars() {
        String path = "app/kafka-clients-4.3.1.jar:app/pytorch-native-cpu-2.7.1-linux-x86_64.jar:app/picocli-4.7.7.jar"
                + ":app/onnxruntime-1.24.1.jar:target/classes";

        assertThat(Versions.of(path))
                .isEqualTo(Map.of("kafka-clients", "4.3.1", "pytorch-native-cpu", "2.7.1", "onnxruntime", "1.24.1"));
    }

    @Test
    void leavesOutWhatABuilderAddedToTheKernel() {
        assertThat(Machine.numbers("6.8.0-45-generic")).isEqualTo("6.8.0");
        assertThat(Machine.numbers("")).isEqualTo("unknown");
    }
}
