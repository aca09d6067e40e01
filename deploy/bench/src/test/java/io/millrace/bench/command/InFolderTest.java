package io.millrace.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.WrongUseException;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InFolderTest {
    private final StringWriter err = new StringWriter();
    private InFolder work;

    @BeforeEach
    void makeCommand() {
        CommandLine line = new CommandLine(new BenchSoakCommand());
        line.setErr(new PrintWriter(err));
        work = new InFolder(line.getCommandSpec());
    }

    @Test
    void theFolderGoesWithItsWork() {
        Path folder = work.run(path -> {
            Files.writeString(path.resolve("something"), "left behind");
            return path;
        });

        assertThat(folder.getFileName().toString()).startsWith("millrace-bench-soak");
        assertThat(folder).doesNotExist();
    }

    @Test
    void saysHowFarItIsAndWhatItDoes() {
        int done = work.run("swaps", 4, (folder, progress) -> {
            work.steps().accept("warming up");
            progress.at(4);
            return 4;
        });

        assertThat(done).isEqualTo(4);
        assertThat(err.toString()).contains("warming up", "100 % 4 swaps");
    }

    @Test
    void whatCannotBeDoneFailsInTheWordsOfAllCommands() {
        assertThatThrownBy(() -> work.run(folder -> {
                    throw new LearningException("too few rows");
                }))
                .isInstanceOf(FailedException.class)
                .hasMessage("the model could not be trained: too few rows");
        assertThatThrownBy(() -> work.run(folder -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the run's folder could not be used: disk full");
    }

    @Test
    void anInterruptStaysKnown() {
        assertThatThrownBy(() -> work.run(folder -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(FailedException.class)
                .hasMessage("interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatWasAskedForAndMakesNoSenseIsWrongUse() {
        assertThatThrownBy(() -> Asked.of(() -> {
                    throw new IllegalArgumentException("at least 1 swap");
                }))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("at least 1 swap");
    }
}
