package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.TextBundles;
import io.millrace.inference.bundle.BundleFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTextsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeModel() {
        BundleFolder.write(folder.resolve("model"), TextBundles.untrained("sentiment"));
    }

    @Test
    void eachLineIsScoredUnderItsNumberOrDeadLetteredWithItsReason() throws IOException {
        Path file = folder.resolve("texts");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("w1 w7\n\n\ud83d\ude00 <b>w3</b>\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {'w', (byte) 0xff, '\n'});
        bytes.writeBytes(("w2 ".repeat(1 << 18) + "\nw1 w7").getBytes(StandardCharsets.UTF_8));
        Files.write(file, bytes.toByteArray());

        CommandRun run = score(file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<JsonNode> scores = run.out().lines().map(ScoreTextsTest::json).toList();
        assertThat(scores.stream().map(score -> score.get("id").asText())).containsExactly("1", "3", "5", "6");
        JsonNode first = scores.get(0);
        assertThat(first.has("time")).isFalse();
        assertThat(first.get("model").asText()).isEqualTo("sentiment");
        assertThat(first.get("version").asInt()).isEqualTo(1);
        double positive = first.at("/probabilities/positive").asDouble();
        double negative = first.at("/probabilities/negative").asDouble();
        assertThat(positive + negative).isBetween(1 - 1e-5, 1 + 1e-5);
        assertThat(first.get("score").asDouble()).isBetween(positive - negative - 1e-9, positive - negative + 1e-9);
        assertThat(first.get("label").asText()).isEqualTo(positive >= 0.5 ? "positive" : "negative");
        assertThat(scores.get(2).get("truncated").asBoolean()).isTrue();
        assertThat(first.has("truncated")).isFalse();
        assertThat(scores.get(3).get("probabilities")).isEqualTo(first.get("probabilities"));
        assertThat(run.err()).contains("6 events", "4 scored, 2 dead-lettered", "row 2:", "row 4:");
    }

    @Test
    void aTabSeparatedFileIsCheckedAndItsLabelsArePassedOver() throws IOException {
        Path file = folder.resolve("texts.tsv");
        Files.writeString(file, "neutral\tw1 w2\nanything\tw3\n");

        CommandRun run = score(file, "--tsv");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);

        Files.writeString(file, "1\tw1\nw3\n");

        CommandRun broken = score(file, "--tsv");

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("line 2 of ", "has no tab");
    }

    private CommandRun score(Path file, String... more) {
        String[] arguments = new String[6 + more.length];
        arguments[0] = "score";
        arguments[1] = "sentiment";
        arguments[2] = "--model";
        arguments[3] = folder.resolve("model").toString();
        arguments[4] = "--input";
        arguments[5] = file.toString();
        System.arraycopy(more, 0, arguments, 6, more.length);
        return CommandRun.of(arguments);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
