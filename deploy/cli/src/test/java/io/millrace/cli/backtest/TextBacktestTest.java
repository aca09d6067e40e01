package io.millrace.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.TextBundles;
import io.millrace.inference.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextBacktestTest {
    private static final int TEXTS = 400;

    @TempDir
    private Path folder;

    @Test
    void aStreamOfTextsTrainsOnLateLabelsAndIsTheSameTwice() throws IOException {
        BundleFolder.write(folder.resolve("model"), TextBundles.untrained("sentiment"));
        Files.write(folder.resolve("texts.tsv"), TextBundles.lines(TEXTS, 11));
        Files.writeString(folder.resolve("millrace.yaml"), """
                pipelines:
                  - name: sentiment
                    input: { topic: texts, id: message_id, time: event_time, text: text }
                    labels: { topic: sentiment-feedback }
                models:
                  - { name: sentiment, bundle: model }
                training:
                  - pipeline: sentiment
                    every: { examples: 120 }
                    window: { hold-out: 0.3, min-examples: 50, min-positives: 5 }
                    gate: { metric: accuracy, margin: 0.01, resamples: 100 }
                    gradient: { learning-rate: 0.01, epochs: 30, batch: 16, patience: 30 }
                """);

        CommandRun first = backtest("first");
        CommandRun second = backtest("second");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(folder.resolve("second/report.json")).hasSameBinaryContentAs(folder.resolve("first/report.json"));
        assertThat(folder.resolve("second/report.html")).hasSameBinaryContentAs(folder.resolve("first/report.html"));

        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("first/report.json").toFile());
        assertThat(report.at("/setting/inputRows").asInt()).isEqualTo(TEXTS);
        assertThat(report.at("/setting/judgedRows").asInt()).isEqualTo(TEXTS * 9 / 10);
        List<String> policies = new ArrayList<>();
        report.get("folds").forEach(fold -> policies.add(fold.get("policy").asText()));
        assertThat(policies)
                .containsExactly(
                        "static", "adaptive", "static", "adaptive", "static", "adaptive", "static", "adaptive");
        assertThat(report.at("/folds/0/accuracy")).isEqualTo(report.at("/folds/1/accuracy"));
        // What the encoder was made with tells nothing, and one word tells all.
        assertThat(report.at("/versions/0/verdict").asText()).isEqualTo("accepted");
        assertThat(report.at("/versions/0/afterEvent").asLong()).isBetween(173L, 190L);
        assertThat(report.at("/folds/7/accuracy").asDouble())
                .isGreaterThan(report.at("/folds/6/accuracy").asDouble() + 0.2);
        assertThat(report.at("/folds/7/balancedAccuracy").asDouble())
                .isGreaterThan(report.at("/folds/6/balancedAccuracy").asDouble() + 0.2);
        assertThat(Files.readString(folder.resolve("first/report.html")))
                .contains("<svg", "Balanced accuracy, in windows of 100 texts", "Confusion", "Versions and verdicts")
                .doesNotContain("<script", "http");
    }

    private CommandRun backtest(String report) {
        return CommandRun.of(
                "backtest",
                "sentiment",
                "--config",
                folder.resolve("millrace.yaml").toString(),
                "--input",
                folder.resolve("texts.tsv").toString(),
                "--tsv",
                "--classes",
                "0=negative,2=positive",
                "--labels-after",
                "40",
                "--window",
                "100",
                "--report",
                folder.resolve(report).toString());
    }
}
