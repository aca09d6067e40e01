package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.CommandRun;
import io.millrace.cli.support.LayeredBundles;
import io.millrace.cli.support.TestBundles;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

    @TempDir
    static Path brokerFolder;

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(brokerFolder, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void publishesVersionsAndGoesBackToTheFirst() {
        publish("roundtrip", 1);
        publish("roundtrip", 2);
        assertThat(models("list", "roundtrip").out().lines().map(line -> line.replaceAll("  +", "|")))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("MODEL|VERSION|ROLES|"),
                        second -> assertThat(second).startsWith("roundtrip|2|champion|"),
                        first -> assertThat(first).startsWith("roundtrip|1|previous|"));

        CommandRun back = models("rollback", "roundtrip", "--reason", "too many alerts");

        assertThat(back.exitCode()).isZero();
        assertThat(back.out()).contains("champion is version 1", "too many alerts");
    }

    @Test
    void keepsAPinnedChampionUntilItIsReleased() {
        publish("pinned", 1);
        assertThat(models("pin", "pinned").out()).contains("version 1, pinned");

        publish("pinned", 2);
        assertThat(models("list", "pinned", "--json").out()).contains("\"challenger\"", "\"pinned\"");
        CommandRun released = models("pin", "pinned", "--release");
        CommandRun promoted = models("promote", "pinned", "2");

        assertThat(released.out()).contains("champion is version 1").doesNotContain("1, pinned");
        assertThat(promoted.out()).contains("champion is version 2");
    }

    @Test
    void showsAVersionAndPrintsItsManifestAsPublished() {
        publish("shown", 1);

        CommandRun shown = models("show", "shown");
        CommandRun manifest = models("show", "shown", "1", "--manifest");

        assertThat(shown.out()).contains("version       1", "model.onnx, ", "published_by  cli:");
        assertThat(manifest.out()).isEqualTo(TestBundles.logistic("shown", 1).manifestYaml());
    }

    @Test
    void showsHowGoodAVersionWasAndTheRunThatItCameFrom() {
        publish("judged", 1);
        TestTopics topics = new TestTopics(broker.bootstrapServers());
        topics.create("judging.metrics", 1);
        topics.send("judging.metrics", "judged@1", metrics(MetricsWindow.ALL_END, 0.1));
        topics.send("judging.metrics", "judged@1", metrics(Instant.parse("2018-08-02T00:00:00Z"), 0.5));
        topics.send("judging.metrics", "judged@1", metrics(MetricsWindow.ALL_END, 0.75));
        topics.send("judging.metrics", "other", "no metrics".getBytes(StandardCharsets.UTF_8));
        topics.send(TopicCatalogue.TRAINING_RUNS, "judged/1", run());

        CommandRun shown = models("show", "judged@1");
        CommandRun json = models("show", "judged", "1", "--json");

        assertThat(shown.out())
                .containsPattern("judging +1 +all +10 +2 +0.7500 +-")
                .containsPattern("judging +1 +2018-07-26T00:00:00Z to 2018-08-02T00:00:00Z +10 +2 +0.5000 +-")
                .contains("accepted: published as version 1", "1000 new labels")
                .doesNotContain("0.1000");
        assertThat(json.out()).contains("\"average-precision\" : 0.75", "\"trigger\" : \"1000 new labels\"");
        assertThat(models("show", "judged@one").exitCode()).isEqualTo(2);
    }

    private static byte[] metrics(Instant end, double averagePrecision) {
        Instant start = end.equals(MetricsWindow.ALL_END) ? MetricsWindow.ALL_START : end.minus(Duration.ofDays(7));
        return SingleObject.of(Metrics.class, SchemaStore.ofOwn())
                .encode(new Metrics(
                        "judging", "judged", 1, start, end, 10L, 2L, Map.of("average-precision", averagePrecision)));
    }

    private static byte[] run() {
        return SingleObject.of(TrainingRun.class, SchemaStore.ofOwn())
                .encode(TrainingRun.newBuilder()
                        .setModel("judged")
                        .setRun("1")
                        .setPipeline("judging")
                        .setChampion(1)
                        .setState(TrainingState.PUBLISHED)
                        .setTrigger("1000 new labels")
                        .setStartedAt(Instant.EPOCH)
                        .setUpdatedAt(Instant.EPOCH)
                        .setVersion(1)
                        .build());
    }

    @Test
    void saysWhatOfAVersionWasSent() {
        LayeredBundles.write(folder.resolve("one"), "tuned", 0);
        LayeredBundles.write(folder.resolve("two"), "tuned", 1);

        CommandRun first = models("publish", folder.resolve("one").toString());
        CommandRun second = models("publish", folder.resolve("two").toString());
        CommandRun again = models("publish", folder.resolve("two").toString());

        assertThat(first.out()).containsPattern("version 1, 4\\d\\d kB sent, manifest");
        assertThat(second.out()).containsPattern("version 2, \\d\\d\\.\\d kB of 4\\d\\d kB sent, manifest");
        assertThat(again.out()).contains("version 3, ").contains(" of 4");
        assertThat(models("show", "tuned", "2").out())
                .containsPattern("files +model.onnx, 4\\d{5} bytes, sha256 [0-9a-f]{64}, as a delta of \\d{5} bytes")
                .contains("of version 1")
                .containsPattern("sent +\\d\\d\\.\\d kB of 4\\d\\d kB sent");
        assertThat(models("list", "tuned", "--json").out().lines().filter(line -> line.contains("\"bytes\"")))
                .allMatch(line -> line.matches(".*\\b4\\d{5}\\b.*"));
    }

    @Test
    void refusesToPublishWhatAStreamWouldRefuse() {
        BundleFolder.write(folder, TestBundles.withWrongGoldenSample("broken"));

        CommandRun refused = models("publish", folder.toString());
        CommandRun forced = models("publish", folder.toString(), "--unchecked", "--as", "none");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("GOLDEN_MISMATCH", "--unchecked");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).startsWith("published broken version 1");
    }

    @Test
    void namesWhatThereIsWhenAVersionOrBundleIsMissing() {
        publish("known", 1);

        assertFailed(models("show", "unknown"), "'unknown'", "known");
        assertFailed(models("show", "known", "7"), "no version 7", "[1]");
        assertFailed(models("promote", "known", "7"), "7");
        assertFailed(models("publish", folder.resolve("nowhere").toString()), "nowhere", "manifest.yaml");
    }

    @Test
    void asksForASubcommand() {
        CommandRun run = CommandRun.of("models");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("list, show, publish");
    }

    private void publish(String model, float weight) {
        Path bundle = folder.resolve(model + weight);
        BundleFolder.write(bundle, TestBundles.logistic(model, weight));
        CommandRun run = models("publish", bundle.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    private static void assertFailed(CommandRun run, String... parts) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(parts);
    }

    private static CommandRun models(String... arguments) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
