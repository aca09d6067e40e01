package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.support.CommandRun;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.trainer.example.ExampleSet;
import io.millrace.trainer.gradient.EncoderTemplate;
import io.millrace.trainer.gradient.ReplayMaker;
import io.millrace.trainer.gradient.replay.ReplayFile;
import io.millrace.trainer.gradient.replay.ReplaySet;
import io.millrace.trainer.learn.LearningProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptationBenchmarkTest {
    private static final MadeUpTexts TEXTS = new MadeUpTexts(new EncoderTemplate(2, 16, 4, 32, 60, 128, 1));

    @Test
    void tellsWhatEachNumberOfLabelsGainsAndCostsAndWhatTheGateSays(@TempDir Path folder) throws Exception {
        Bundle untaught = TEXTS.classifier("head");
        ReplaySet replay =
                ReplayMaker.of(untaught, TEXTS.examples(30, 1), TEXTS.examples(40, 2), LearningProgress.SILENT);
        Map<String, byte[]> blobs = new LinkedHashMap<>(untaught.blobs());
        blobs.put(ReplaySet.BLOB, ReplayFile.write(replay));
        Path model = folder.resolve("model");
        BundleFolder.write(model, Bundle.of(untaught.manifest(), blobs));

        CommandRun run = CommandRun.of(
                "bench",
                "adaptation",
                "--bundle",
                model.toString(),
                "--domain",
                file(folder.resolve("domain.tsv"), TEXTS.examples(150, 3)),
                "--old",
                file(folder.resolve("old.tsv"), TEXTS.examples(50, 4)),
                "--labels",
                "40,100",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode lines = new ObjectMapper().readTree(run.out());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).get("verdict").asText()).isEqualTo("before");
        assertThat(lines.get(0).get("floor_accuracy").asDouble()).isEqualTo(replay.referenceAccuracy());
        for (int line = 1; line < 3; line++) {
            JsonNode after = lines.get(line);
            assertThat(after.get("labels").asInt()).isEqualTo(line == 1 ? 40 : 100);
            assertThat(after.get("reasons").isEmpty())
                    .isEqualTo(after.get("verdict").asText().equals("accepted"));
            assertThat(after.get("old_balanced_accuracy").asDouble()).isBetween(0.2, 1.0);
        }
    }

    @Test
    void moreLabelsThanTextsAndAModelWithoutReplayAreWrongUse(@TempDir Path folder) throws IOException {
        Path model = folder.resolve("model");
        BundleFolder.write(model, TEXTS.classifier("head"));
        String domain = file(folder.resolve("domain.tsv"), TEXTS.examples(100, 3));

        CommandRun tooMany = run(model, domain, "40,100");
        CommandRun withoutReplay = run(model, domain, "40");

        assertThat(tooMany.exitCode()).isEqualTo(2);
        assertThat(tooMany.err()).contains("has 100 texts of the two classes: after 100 labels none is left");
        assertThat(withoutReplay.exitCode()).isEqualTo(2);
        assertThat(withoutReplay.err()).contains("a model of two classes with a replay.bin is needed");
    }

    private static CommandRun run(Path model, String domain, String labels) {
        return CommandRun.of(
                "bench", "adaptation", "--bundle", model.toString(), "--domain", domain, "--labels", labels);
    }

    private static String file(Path file, ExampleSet texts) throws IOException {
        Files.writeString(
                file,
                texts.examples().stream()
                        .map(text -> text.label() + "\t" + text.text() + "\n")
                        .collect(Collectors.joining()));
        return file.toString();
    }
}
