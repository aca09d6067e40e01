package io.millrace.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.avro.TrainingState;
import io.millrace.schemas.registry.ChampionChangedException;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.PublishTerms;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.trainer.service.TrainerService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers of one model: the labels they share make one version. */
class RacingTrainersTest {
    private static final int ROUND = 1_200;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        TrainingFixture.createTopics(broker.bootstrapServers(), 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void twoTrainersThatSeeTheSameLabelsPublishOneVersion() {
        String servers = broker.bootstrapServers();
        TestTopics topics = new TestTopics(servers);
        TrainingFixture.publish(servers, TrainingFixture.firstModel());
        try (TrainerService first = service(servers, "one");
                TrainerService second = service(servers, "two")) {
            first.start();
            second.start();
            TrainingFixture.sendExamples(servers, 0, ROUND);

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> TrainingFixture.versions(servers).size() == 2);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> TrainingFixture.runs(topics).values().stream()
                            .noneMatch(run -> run.getState() == TrainingState.READING
                                    || run.getState() == TrainingState.LEARNING
                                    || run.getState() == TrainingState.JUDGING));
        }

        assertThat(TrainingFixture.versions(servers))
                .extracting(ModelVersion::getVersion)
                .containsExactly(1, 2);
        List<TrainingRun> runs = List.copyOf(TrainingFixture.runs(topics).values());
        assertThat(runs)
                .filteredOn(run -> run.getState() == TrainingState.PUBLISHED)
                .hasSize(1);
        assertThat(runs)
                .filteredOn(run -> run.getState() != TrainingState.PUBLISHED)
                .allSatisfy(run -> {
                    assertThat(run.getState()).isEqualTo(TrainingState.REFUSED);
                    assertThat(run.getReasons()).first().asString().contains("of model 'fraud'");
                });
    }

    @Test
    void aStaleTrainerIsRefusedBecauseTheChampionChanged() {
        VersionDraft draft = new VersionDraft("stale", "name: stale", Map.of("model.onnx", new byte[1]));
        PublishTerms ofTheFirst = new PublishTerms(1, version -> List.of());
        try (ModelRegistryWriter writer = new ModelRegistryWriter(
                Map.of("bootstrap.servers", broker.bootstrapServers()), "stale", "test", Clock.systemUTC())) {
            writer.publish(draft, PublishAs.CHAMPION, "first");
            writer.publish(draft, PublishAs.CHAMPION, "second");

            assertThatThrownBy(() -> writer.publish(draft, PublishAs.CHAMPION, "too late", ofTheFirst))
                    .isInstanceOf(ChampionChangedException.class)
                    .hasMessageContaining("was to be version 1, but now it is version 2");
        }
        assertThat(TrainingFixture.registry(broker.bootstrapServers()).versionsOf("stale"))
                .hasSize(2);
    }

    private static TrainerService service(String servers, String instance) {
        return new TrainerService(
                TrainingFixture.trainer(servers, instance), List.of(TrainingFixture.model(ROUND, 0.002)));
    }
}
