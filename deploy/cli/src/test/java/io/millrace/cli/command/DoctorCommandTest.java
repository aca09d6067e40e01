package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.TestBundles;
import io.millrace.cli.support.TestTopics;
import io.millrace.cli.support.TextBundles;
import io.millrace.inference.bundle.BundleFolder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    Path folder;

    @Test
    void isContentOnceTopicsAndModelExist() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            CommandRun before = run(broker, "doctor");
            CommandRun created = run(broker, "topics", "--create");
            Path bundle = folder.resolve("bundle");
            BundleFolder.write(bundle, TestBundles.logistic("fraud", 1));
            run(broker, "models", "publish", bundle.toString());
            Path texts = folder.resolve("texts");
            BundleFolder.write(texts, TextBundles.untrained("sentiment"));
            run(broker, "models", "publish", texts.toString());

            CommandRun after = run(broker, "doctor");

            assertThat(before.exitCode()).isZero();
            assertThat(before.out()).contains("topic model-versions", "millrace topics --create");
            assertThat(created.out()).contains("fraud.scores").doesNotContain("missing");
            assertThat(after.exitCode()).isZero();
            assertThat(after.out())
                    .contains("exist with the right settings", "champion is version 1", "task TEXT_CLASSIFICATION")
                    .doesNotContain("To mend topic", "To mend broker", "To mend model");
        }
    }

    @Test
    void failsOverATopicWithWrongSettings() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            new TestTopics(broker.bootstrapServers())
                    .create("model-versions", 1, Map.of("cleanup.policy", "delete", "retention.ms", "1000"));

            CommandRun run = run(broker, "doctor");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("topic model-versions +failed +cleanup.policy is delete, should be compact");
            assertThat(run.out()).contains("To mend topic model-versions: ");
        }
    }

    @Test
    void saysThatNoBrokerAnswers() {
        CommandRun run = CommandRun.of("doctor", "--bootstrap-servers", "127.0.0.1:1", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\"check\" : \"broker\"", "no Kafka broker answers at 127.0.0.1:1");
    }

    private static CommandRun run(EmbeddedBroker broker, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--bootstrap-servers";
        all[arguments.length + 1] = broker.bootstrapServers();
        return CommandRun.of(all);
    }
}
