package io.millrace.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.schemas.topic.TopicMissingException;
import io.millrace.schemas.topic.TopicSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreationTest {

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static Map<String, Object> kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void createsWhatIsMissingAndLeavesAloneWhatIsThere() throws Exception {
        new TestTopics(broker.bootstrapServers()).create("existing", 3);
        List<TopicSpec> specs = TopicCatalogue.pipeline("fraud", "existing", "feedback", 4);
        try (Admin admin = Admin.create(kafka)) {

            List<String> created = TopicCreator.ensure(admin, specs);
            List<String> createdAgain = TopicCreator.ensure(admin, specs);

            assertThat(created)
                    .containsExactlyElementsOf(specs.stream()
                            .map(TopicSpec::name)
                            .filter(name -> !name.equals("existing"))
                            .toList());
            assertThat(createdAgain).isEmpty();
            assertThat(describe(admin, "existing").partitions()).hasSize(3);
            assertThat(describe(admin, "fraud.scores").partitions()).hasSize(4);
            Config scores = settings(admin, "fraud.scores");
            specs.stream()
                    .filter(spec -> spec.name().equals("fraud.scores"))
                    .forEach(spec -> spec.settings()
                            .forEach((setting, value) -> assertThat(
                                            scores.get(setting).value())
                                    .as(setting)
                                    .isEqualTo(value)));
        }
    }

    @Test
    void createsATopicOnceThatTwoPipelinesRead() {
        try (Admin admin = Admin.create(kafka)) {
            List<TopicSpec> one = TopicCatalogue.pipeline("one", "shared", null, 1);
            List<TopicSpec> two = TopicCatalogue.pipeline("two", "shared", null, 1);

            List<String> created = TopicCreator.ensure(admin, List.of(one.get(0), one.get(1), two.get(0), two.get(1)));

            assertThat(created).containsExactly("shared", "one.scores", "two.scores");
        }
    }

    @Test
    void saysHowToCreateATopicThatTheBrokerRefuses() {
        new TestTopics(broker.bootstrapServers()).create("refused_scores", 1);
        try (Admin admin = Admin.create(kafka)) {
            List<TopicSpec> specs = TopicCatalogue.pipeline("refused", "transactions", null, 2);

            assertThatThrownBy(() -> TopicCreator.ensure(admin, specs))
                    .isInstanceOf(TopicMissingException.class)
                    .hasMessageContaining("topic 'refused.scores' is missing")
                    .hasMessageContaining("refused_scores")
                    .hasMessageContaining(
                            "kafka-topics.sh --bootstrap-server BROKER:9092 --create --topic refused.scores"
                                    + " --partitions 2");
        }
    }

    @Test
    void namesTheModelTopicThatReadersAndWritersMiss() {
        try (ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            assertThatThrownBy(reader::read)
                    .isInstanceOf(TopicMissingException.class)
                    .hasMessageContaining("topic 'model-versions' is missing")
                    .hasMessageContaining("--config cleanup.policy=compact");
        }
        try (Admin admin = Admin.create(kafka);
                ModelRegistryWriter writer = new ModelRegistryWriter(kafka, "fraud", "anna", Clock.systemUTC())) {
            TopicCreator.ensure(
                    admin,
                    TopicCatalogue.model().stream()
                            .filter(spec -> !spec.name().equals(TopicCatalogue.MODEL_CHUNKS))
                            .toList());
            VersionDraft draft = new VersionDraft("fraud", "name: fraud", Map.of("model.onnx", new byte[1]));

            assertThatThrownBy(() -> writer.publish(draft, PublishAs.CHAMPION, "first"))
                    .isInstanceOfSatisfying(
                            TopicMissingException.class,
                            e -> assertThat(e.topic()).isEqualTo(TopicCatalogue.MODEL_CHUNKS));
        }
    }

    private static TopicDescription describe(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next();
    }

    private static Config settings(Admin admin, String topic) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next();
    }
}
