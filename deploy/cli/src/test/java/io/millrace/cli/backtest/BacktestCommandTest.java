package io.millrace.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.simulate.SimulationSettings;
import io.millrace.cli.simulate.TransactionCsv;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private static final SimulationSettings WORLD =
            new SimulationSettings(150, 300, 35, 12, 5, LocalDate.of(2018, 4, 1));

    @TempDir
    private Path folder;

    @Test
    void aWalkTrainsOnLateLabelsServesWhatTheGateAcceptsAndIsTheSameTwice() throws IOException {
        Path file = folder.resolve("small.csv.gz");
        TransactionCsv.Summary written = TransactionCsv.write(WORLD, file, day -> {});

        CommandRun first = walk(file, folder.resolve("first"));
        CommandRun second = walk(file, folder.resolve("second"));

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("AP ADAPTIVE", "first", "2018-04-24T00:00:00Z");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(folder.resolve("second/report.json")).hasSameBinaryContentAs(folder.resolve("first/report.json"));
        assertThat(folder.resolve("second/report.html")).hasSameBinaryContentAs(folder.resolve("first/report.html"));

        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("first/report.json").toFile());
        assertThat(report.at("/setting/inputRows").asLong()).isEqualTo(written.transactions());
        assertThat(report.at("/setting/deadRows").asLong()).isZero();
        assertThat(report.at("/overall/positives").asInt()).isPositive();
        assertThat(starts(report)).containsExactly("2018-04-24", "2018-05-01");
        assertThat(report.at("/weeks/0/static")).isEqualTo(report.at("/weeks/0/adaptive"));
        assertThat(report.at("/versions/0/verdict").asText()).isEqualTo("first");
        assertThat(report.at("/versions/0/version").asInt()).isEqualTo(2);
        assertThat(report.at("/versions/1/time").asText()).isEqualTo("2018-05-01T00:00:00Z");
        assertThat(report.at("/versions/1/verdict").asText()).isIn("accepted", "refused");
        assertThat(report.at("/versions/1/compared")).isNotEmpty();
        assertThat(report.at("/labelDelay/0/days").asInt()).isEqualTo(7);
        assertThat(Files.readString(folder.resolve("first/report.html")))
                .contains("<svg", "prefers-color-scheme: dark", "Versions and verdicts")
                .doesNotContain("<script", "http");
    }

    @Test
    void aFileWithoutEnoughBeforeTheCutSaysSo() throws IOException {
        Path file = folder.resolve("small.csv.gz");
        TransactionCsv.write(WORLD, file, day -> {});

        CommandRun run = CommandRun.of(
                "backtest",
                "fraud",
                "--config",
                config(),
                "--input",
                file.toString(),
                "--report",
                folder.resolve("report").toString(),
                "--cut",
                "2018-04-09",
                "--to",
                "2018-04-20");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("examples to learn a first model from", "choose a later --cut");
    }

    @Test
    void aWalkIsNotToldItsLearnerByTheProtocolsOption() {
        CommandRun run = CommandRun.of(
                "backtest",
                "fraud",
                "--config",
                config(),
                "--input",
                "none.csv",
                "--report",
                folder.resolve("report").toString(),
                "--learner",
                "gradient");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--learner gradient is for --protocol handbook", "training.learner");
    }

    private static List<String> starts(JsonNode report) {
        List<String> starts = new ArrayList<>();
        report.get("weeks").forEach(week -> starts.add(week.get("start").asText()));
        return starts;
    }

    private static CommandRun walk(Path file, Path report) {
        return CommandRun.of(
                "backtest",
                "fraud",
                "--config",
                config(),
                "--input",
                file.toString(),
                "--report",
                report.toString(),
                "--cut",
                "2018-04-24");
    }

    private static String config() {
        return RepositoryRoot.find().resolve("deploy/examples/handbook.yaml").toString();
    }
}
