package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.support.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    Path folder;

    @Test
    void asksForACommandWhenNoneIsGiven() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("millrace: name a command");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        CommandRun run = CommandRun.of("doctr");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'doctr'").contains("doctor");
    }

    @Test
    void helpsOnStandardOutput() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: millrace", "doctor", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpsWithEveryCommandByExample() {
        CommandRun run = CommandRun.of("doctor", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: millrace doctor", "--config", "Examples:", "Exit codes:");
    }

    @Test
    void answersAWrongConfigurationWithOneMessageAndExitCodeTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "pipelnes: []\n");

        CommandRun run = CommandRun.of("doctor", "--config", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("millrace: " + file + ": pipelnes")
                .contains("pipelines");
    }

    @Test
    void showsTheStackTraceWhenAsked() {
        CommandRun run = CommandRun.of("doctor", "--config", "nowhere.yaml", "--stack-trace");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("millrace: there is no configuration file nowhere.yaml")
                .contains("\tat ");
    }
}
