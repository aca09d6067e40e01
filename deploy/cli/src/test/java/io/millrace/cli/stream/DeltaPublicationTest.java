package io.millrace.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.LayeredBundles;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.published.VersionDrafts;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobDelta;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.runtime.StreamApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that travel as a delta are swapped in like any other, and refused with their reason when they do not fit. */
class DeltaPublicationTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aTunedModelTravelsAsADeltaAndServesAlsoFreshAndRestartedInstances() {
        long openBefore = LoadedModel.openSessions();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            try (StreamApp app = app(servers, "state")) {
                app.start();
                StreamFixture.publish(servers, tuned(0));
                awaitServing(app, 1);
                StreamFixture.send(servers, 0, 10);
                awaitScores(topics, 10);
                long bytesBefore = bytesOfChunks(topics);

                BlobRef second = model(publishDelta(servers, tuned(1)));
                awaitServing(app, 2);
                BlobRef third = model(publishDelta(servers, tuned(2)));
                awaitServing(app, 3);

                // Both are against the one file that is there whole.
                assertThat(second.getDeltaOf()).isEqualTo(tuned(0).modelHash());
                assertThat(third.getDeltaOf()).isEqualTo(second.getDeltaOf());
                assertThat(bytesOfChunks(topics) - bytesBefore).isEqualTo(second.getSize() + third.getSize());
                assertThat(second.getSize()).isLessThan(tuned(1).model().length / 8);
            }
            try (StreamApp restarted = app(servers, "state")) {
                restarted.start();
                awaitServing(restarted, 3);
                StreamFixture.send(servers, 10, 20);
                awaitScores(topics, 20);
            }
            try (StreamApp fresh = app(servers, "fresh-state")) {
                fresh.start();
                awaitServing(fresh, 3);
            }
            assertThat(ScoreLog.read(topics).scores())
                    .filteredOn(score -> score.getVersion() == 3)
                    .hasSizeGreaterThanOrEqualTo(10)
                    .allMatch(score -> score.getModelHash().equals(tuned(2).modelHash()));
        }
        assertThat(LoadedModel.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void deltasThatDoNotFitAreRefusedWhileTheOldVersionGoesOn() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            try (StreamApp app = app(servers, "state")) {
                app.start();
                StreamFixture.publish(servers, tuned(0));
                awaitServing(app, 1);
                String base = tuned(0).modelHash();
                BlobDelta ofAnother =
                        Objects.requireNonNull(delta(servers, tuned(5)).deltas().get(Bundle.MODEL_BLOB));
                byte[] noDelta = "not a delta".getBytes(StandardCharsets.UTF_8);

                StreamFixture.publish(servers, draft(tuned(1), ofAnother));
                awaitRefusal(topics, 2, "HASH_MISMATCH");
                StreamFixture.publish(servers, draft(tuned(2), new BlobDelta(base, noDelta)));
                awaitRefusal(topics, 3, "BROKEN_DELTA");
                publishWithoutBase(servers, topics, 4);
                awaitRefusal(topics, 4, "MISSING_BLOB");

                assertThat(app.serving("fraud")).contains(new ModelRef("fraud", 1));

                int good = publishDelta(servers, tuned(3)).getVersion();
                awaitServing(app, good);
            }
        }
    }

    @Test
    void aDraftWhoseBaseIsNotOnTheBrokerIsSentWhole() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            StreamFixture.createTopics(servers, 1);
            VersionDraft draft = draft(tuned(1), new BlobDelta("0".repeat(64), new byte[10]));

            BlobRef sent = model(StreamFixture.publish(servers, draft));

            assertThat(sent.getDeltaOf()).isNull();
            assertThat(sent.getSha256()).isEqualTo(tuned(1).modelHash());
        }
    }

    private StreamApp app(String servers, String state) {
        return StreamFixture.app(servers, folder.resolve(state), StreamFixture.pipeline(1, 64, Duration.ofMillis(5)));
    }

    private static Bundle tuned(long seed) {
        return LayeredBundles.of("fraud", StreamFixture.FEATURES, seed);
    }

    private static void awaitServing(StreamApp app, int version) {
        await().atMost(SOON).until(() -> app.serving("fraud").equals(Optional.of(new ModelRef("fraud", version))));
    }

    private static void awaitScores(TestTopics topics, int count) {
        await().atMost(SOON).until(() -> topics.readAll(StreamFixture.SCORES).size() == count);
    }

    private static ModelVersion publishDelta(String servers, Bundle bundle) {
        return StreamFixture.publish(servers, delta(servers, bundle));
    }

    private static VersionDraft delta(String servers, Bundle bundle) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", servers);
        try (KafkaBlobStore store = new KafkaBlobStore(kafka);
                ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            return new VersionDrafts(store).of(bundle, reader.read());
        }
    }

    private static VersionDraft draft(Bundle bundle, BlobDelta delta) {
        return new VersionDraft("fraud", bundle.manifestYaml(), bundle.blobs(), Map.of(Bundle.MODEL_BLOB, delta));
    }

    /** What a publisher could write that does not look whether the base is there. */
    private static void publishWithoutBase(String servers, TestTopics topics, int number) {
        Bundle bundle = tuned(4);
        byte[] delta = {1};
        topics.send(TopicCatalogue.MODEL_CHUNKS, Sha256.hex(delta) + "/0", delta);
        BlobRef ref = new BlobRef(
                Bundle.MODEL_BLOB, Sha256.hex(delta), 1L, 1, -1L, "f".repeat(64), (long) bundle.model().length);
        ModelVersion version = new ModelVersion(
                "fraud",
                number,
                bundle.manifestYaml(),
                Sha256.hex(bundle.manifestYaml().getBytes(StandardCharsets.UTF_8)),
                List.of(ref),
                Instant.EPOCH,
                "test",
                null);
        topics.send(
                TopicCatalogue.MODEL_VERSIONS,
                "fraud@" + number,
                StreamFixture.codec(ModelVersion.class).encode(version));
        try (ModelRegistryWriter writer =
                new ModelRegistryWriter(Map.of("bootstrap.servers", servers), "fraud", "test", Clock.systemUTC())) {
            assertThat(writer.promote(number, "a test").getChampion()).isEqualTo(number);
        }
    }

    private static BlobRef model(ModelVersion version) {
        return version.getBlobs().get(0);
    }

    private static long bytesOfChunks(TestTopics topics) {
        return topics.readAll(TopicCatalogue.MODEL_CHUNKS).stream()
                .mapToLong(record -> record.value().length)
                .sum();
    }

    private static void awaitRefusal(TestTopics topics, int version, String kind) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(refusals(topics).getOrDefault(version, "not refused yet"))
                        .startsWith(kind));
    }

    private static Map<Integer, String> refusals(TestTopics topics) {
        var codec = StreamFixture.codec(ModelStatus.class);
        Map<Integer, String> reasons = new HashMap<>();
        topics.readAll(TopicCatalogue.MODEL_STATUS).forEach(record -> {
            ModelStatus status = codec.decode(record.value());
            if (status.getState() == ModelState.REFUSED) {
                reasons.put(status.getVersion(), status.getReason());
            }
        });
        return reasons;
    }
}
