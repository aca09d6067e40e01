package io.millrace.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.PublisherFencedException;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T10:00:00.123456Z"), ZoneOffset.UTC);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static Map<String, Object> kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            List<String> created = TopicCreator.ensure(admin, TopicCatalogue.model());
            assertThat(created).hasSameSizeAs(TopicCatalogue.model());
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void publishesVersionsThatReadersSeeWithTheirRoles() {
        try (ModelRegistryWriter writer = writer("published")) {
            ModelVersion first = writer.publish(draft("published", "one"), PublishAs.CHAMPION, "first");
            ModelVersion second = writer.publish(draft("published", "two"), PublishAs.CHALLENGER, "second");

            RegistryView view = read();
            assertThat(view.versionsOf("published")).containsOnlyKeys(1, 2);
            assertThat(view.versionsOf("published").values()).containsExactly(first, second);
            assertThat(first.getManifestHash())
                    .isEqualTo(Sha256.hex(first.getManifest().getBytes(StandardCharsets.UTF_8)));
            assertThat(first.getPublishedBy()).isEqualTo("anna");
            assertThat(first.getPublishedAt()).isEqualTo(Instant.parse("2026-11-24T10:00:00.123Z"));
            assertThat(view.champion("published")).contains(first);
            assertThat(roles(view, "published").getChallenger()).isEqualTo(2);
            assertThat(roles(view, "published").getReason()).isEqualTo("second");
        }
    }

    @Test
    void promotesRollsBackPinsAndUnpins() {
        try (ModelRegistryWriter writer = writer("decided")) {
            publish(writer, "decided", "one", PublishAs.CHAMPION);
            publish(writer, "decided", "two", PublishAs.CHALLENGER);

            ModelRoles promoted = writer.promote(2, "proved itself");
            assertThat(promoted.getChampion()).isEqualTo(2);
            assertThat(promoted.getPrevious()).containsExactly(1);
            assertThat(roles(read(), "decided")).isEqualTo(promoted);

            ModelRoles back = writer.rollback("worse on weekends");
            assertThat(back.getChampion()).isEqualTo(1);
            assertThat(back.getReason()).isEqualTo("worse on weekends");

            ModelRoles pinned = writer.pin(null, "audit");
            publish(writer, "decided", "three", PublishAs.CHAMPION);
            assertThat(pinned.getPinned()).isTrue();
            assertThat(roles(read(), "decided").getChampion()).isEqualTo(1);
            assertThat(roles(read(), "decided").getChallenger()).isEqualTo(3);
            assertThatThrownBy(() -> writer.promote(3, "anyway"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("pinned");

            ModelRoles unpinned = writer.unpin("audit done");
            assertThat(unpinned.getPinned()).isFalse();
            assertThat(writer.promote(3, "at last").getChampion()).isEqualTo(3);
        }
    }

    @Test
    void refusesDecisionsOnWhatIsNotThere() {
        try (ModelRegistryWriter writer = writer("absent")) {
            assertThatThrownBy(() -> writer.promote(1, "typo"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("there is no model 'absent'");
            publish(writer, "absent", "one", PublishAs.NONE);
            assertThatThrownBy(() -> writer.promote(2, "typo"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("no version 2");
            assertThatThrownBy(() -> writer.rollback("nothing yet")).isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> writer.publish(draft("other", "one"), PublishAs.NONE, "mixed up"))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(read().roles()).doesNotContainKey("absent");
        }
    }

    @Test
    void neverGivesOneNumberToTwoPublishers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<Integer>>> publishers = new ArrayList<>();
            for (String who : List.of("anna", "bert")) {
                publishers.add(threads.submit(publisher(who)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<List<Integer>> publisher : publishers) {
                numbers.addAll(publisher.get());
            }

            List<Integer> expected =
                    IntStream.rangeClosed(1, numbers.size()).boxed().toList();
            assertThat(numbers).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
            assertThat(read().versionsOf("contested").keySet()).containsExactlyElementsOf(expected);
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<List<Integer>> publisher(String who) {
        return () -> {
            List<Integer> numbers = new ArrayList<>();
            try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, "contested", who, CLOCK)) {
                for (int i = 0; i < 8; i++) {
                    try {
                        numbers.add(writer.publish(draft("contested", who + i), PublishAs.CHAMPION, "race")
                                .getVersion());
                    } catch (PublisherFencedException e) {
                        assertThat(e).hasMessageContaining("contested");
                    }
                }
            }
            return numbers;
        };
    }

    @Test
    void fencesAPublisherThatStoppedHalfWay() throws Exception {
        try (RawPublisher zombie = new RawPublisher(kafka, "fenced");
                ModelRegistryWriter writer = writer("fenced")) {
            zombie.sendVersion(1);

            ModelVersion published = writer.publish(draft("fenced", "mine"), PublishAs.CHAMPION, "first");

            assertThat(published.getVersion()).isEqualTo(1);
            assertThatThrownBy(zombie::commit).isInstanceOf(KafkaException.class);
            assertThat(read().versionsOf("fenced").values()).containsExactly(published);
        }
    }

    @Test
    void decidesAndPublishesOnceMoreWhenAnotherPublisherCameBetween() throws Exception {
        try (ModelRegistryWriter first = writer("overtaken")) {
            publish(first, "overtaken", "one", PublishAs.CHAMPION);
            publish(first, "overtaken", "two", PublishAs.CHAMPION);
        }
        // Asked for the time after its fence, the writer is overtaken as often as there are rivals.
        Deque<String> rivals = new ArrayDeque<>(List.of("anna"));
        Clock overtaking = overtaking("overtaken", rivals);

        try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, "overtaken", "bert", overtaking)) {
            ModelRoles back = writer.rollback("worse");
            assertThat(back.getChampion()).isEqualTo(1);
            assertThat(roles(read(), "overtaken")).isEqualTo(back);

            rivals.add("anna");
            ModelVersion third = writer.publish(draft("overtaken", "three"), PublishAs.NONE, "third");
            assertThat(read().versionsOf("overtaken")).containsOnlyKeys(1, 2, 3).containsValue(third);

            rivals.addAll(List.of("anna", "anna"));
            assertThatThrownBy(() -> writer.promote(2, "better")).isInstanceOf(PublisherFencedException.class);
            assertThat(roles(read(), "overtaken")).isEqualTo(back);
        }
    }

    private static Clock overtaking(String model, Deque<String> rivals) {
        return new Clock() {
            @Override
            public Instant instant() {
                if (rivals.poll() != null) {
                    new RawPublisher(kafka, model).close();
                }
                return CLOCK.instant();
            }

            @Override
            public ZoneId getZone() {
                return CLOCK.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("not needed here");
            }
        };
    }

    @Test
    void showsNothingOfAPublicationThatFailed() {
        try (ModelRegistryWriter writer = writer("failed")) {
            VersionDraft large = new VersionDraft(
                    "failed",
                    "name: failed #" + "x".repeat(5 * 1024 * 1024),
                    Map.of("model.onnx", "weights".getBytes(StandardCharsets.UTF_8)));

            assertThatThrownBy(() -> writer.publish(large, PublishAs.CHAMPION, "too large"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("too large");

            RegistryView view = read();
            assertThat(view.versions()).doesNotContainKey("failed");
            assertThat(view.roles()).doesNotContainKey("failed");
            assertThat(writer.publish(draft("failed", "small"), PublishAs.CHAMPION, "smaller")
                            .getVersion())
                    .isEqualTo(1);
        }
    }

    @Test
    void countsAVersionThatAnotherModelsOpenTransactionHides() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RawPublisher slow = new RawPublisher(kafka, "slow");
                RawPublisher quick = new RawPublisher(kafka, "hidden");
                ModelRegistryWriter writer = writer("hidden")) {
            slow.sendVersion(1);
            quick.sendVersion(1);
            quick.commit();
            assertThat(read().versions()).doesNotContainKey("hidden");

            Future<ModelVersion> published =
                    thread.submit(() -> writer.publish(draft("hidden", "next"), PublishAs.NONE, "next"));
            slow.abort();

            assertThat(published.get().getVersion()).isEqualTo(2);
            assertThat(read().versionsOf("hidden")).containsOnlyKeys(1, 2);
            assertThat(read().versions()).doesNotContainKey("slow");
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void followsTheLogAndPassesOverWhatCannotBeRead() throws Exception {
        try (ModelRegistryReader follower = new ModelRegistryReader(kafka);
                ModelRegistryWriter writer = writer("followed")) {
            assertThat(follower.read().versions()).doesNotContainKey("followed");
            long skippedBefore = follower.skipped();
            new TestTopics(broker.bootstrapServers())
                    .send(TopicCatalogue.MODEL_VERSIONS, "followed@9", new byte[] {1, 2, 3});

            publish(writer, "followed", "one", PublishAs.CHAMPION);
            await().atMost(SOON).until(() -> {
                boolean changed = follower.poll(Duration.ofMillis(100));
                return changed && follower.view().champion("followed").isPresent();
            });

            assertThat(follower.view().versionsOf("followed")).containsOnlyKeys(1);
            assertThat(follower.skipped()).isEqualTo(skippedBefore + 1);
            while (follower.poll(Duration.ofMillis(200))) {
                assertThat(follower.view().versionsOf("followed")).containsOnlyKeys(1);
            }
            assertThat(follower.poll(Duration.ZERO)).isFalse();
        }
    }

    private static ModelRegistryWriter writer(String model) {
        return new ModelRegistryWriter(kafka, model, "anna", CLOCK);
    }

    private static void publish(ModelRegistryWriter writer, String model, String weights, PublishAs as) {
        ModelVersion published = writer.publish(draft(model, weights), as, "version of " + weights);
        assertThat(published.getName()).isEqualTo(model);
    }

    private static VersionDraft draft(String model, String weights) {
        return new VersionDraft(
                model,
                "name: " + model + "\nweights: " + weights + "\n",
                Map.of("model.onnx", weights.getBytes(StandardCharsets.UTF_8)));
    }

    private static RegistryView read() {
        try (ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            return reader.read();
        }
    }

    private static ModelRoles roles(RegistryView view, String model) {
        return Objects.requireNonNull(view.roles().get(model), "no roles of " + model);
    }
}
