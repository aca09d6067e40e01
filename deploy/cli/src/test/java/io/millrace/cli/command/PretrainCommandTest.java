package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.Main;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void aSimulatedFileBecomesAModel() {
        String file = folder.resolve("small.csv.gz").toString();
        String bundle = folder.resolve("bundle").toString();

        assertThat(run(
                        "simulate",
                        "transactions",
                        "--out",
                        file,
                        "--customers",
                        "200",
                        "--terminals",
                        "400",
                        "--days",
                        "45",
                        "--radius",
                        "10",
                        "--seed",
                        "7"))
                .isZero();
        assertThat(err()).contains("wrote ").contains(" transactions, ");
        assertThat(out()).isEmpty();
        assertThat(run(
                        "pretrain",
                        "fraud",
                        "--input",
                        file,
                        "--out",
                        bundle,
                        "--warm-up-days",
                        "10",
                        "--hold-out-days",
                        "7",
                        "--json"))
                .isZero();

        Manifest manifest = BundleFolder.read(Path.of(bundle)).manifest();
        assertThat(manifest.name()).isEqualTo("fraud");
        assertThat(manifest.classes()).containsExactly("LEGITIMATE", "FRAUD");
        assertThat(out()).contains("\"AP\"");
        assertThat(err()).contains("growing 100 trees").contains("wrote the bundle to " + bundle);
    }

    @Test
    void aFileThatIsNotThereIsWrongUse() {
        int code = run("pretrain", "fraud", "--input", "nowhere.csv", "--out", folder.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err()).contains("nowhere.csv").contains("millrace simulate transactions");
    }

    @Test
    void sentencesThatAreNotThereAreWrongUse() {
        int code = run("pretrain", "sentiment", "--train", "nowhere.tsv", "--test", "nowhere.tsv", "--output", "x");

        assertThat(code).isEqualTo(2);
        assertThat(err()).contains("nowhere.tsv").contains("a label (0 or 1), a tab and a text");
    }

    @Test
    void noEpochIsWrongUse() throws IOException {
        String file =
                Files.writeString(folder.resolve("texts.tsv"), "1\tfine\n").toString();
        int code = run("pretrain", "sentiment", "--train", file, "--test", file, "--output", "x", "--epochs", "0");

        assertThat(code).isEqualTo(2);
        assertThat(err()).contains("epochs must be");
    }

    @Test
    void anImpossibleWorldIsWrongUse() {
        int code =
                run("simulate", "transactions", "--out", folder.resolve("x.csv").toString(), "--customers", "0");

        assertThat(code).isEqualTo(2);
        assertThat(err()).contains("--customers must be at least 1, was 0");
    }

    @Test
    void aGroupOfCommandsAsksForOneOfThem() {
        assertThat(run("simulate")).isEqualTo(2);
        assertThat(err()).contains("transactions");
        assertThat(run("pretrain")).isEqualTo(2);
        assertThat(err()).contains("fraud");
    }

    @Test
    void helpShowsExamples() {
        assertThat(run("pretrain", "fraud", "--help")).isZero();
        assertThat(out()).contains("Examples:").contains("millrace pretrain fraud --input");
        assertThat(run("pretrain", "sentiment", "--help")).isZero();
        assertThat(out()).contains("Examples:").contains("--checkpoints").contains("millrace models publish");
        assertThat(run("simulate", "transactions", "--help")).isZero();
        assertThat(out()).contains("0.8 % of them frauds").contains("--seed");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
