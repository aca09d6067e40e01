package io.millrace.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.BlobUnavailableException;
import io.millrace.schemas.registry.KafkaBlobStore;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBlobStoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);
    private static final int THREE_CHUNKS_BYTES = 1_300_000;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static Map<String, Object> kafka;
    private static TestTopics topics;

    private KafkaBlobStore store;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder, 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        topics = new TestTopics(broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            List<String> created = TopicCreator.ensure(admin, TopicCatalogue.model());
            assertThat(created).contains(TopicCatalogue.MODEL_CHUNKS);
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        store = new KafkaBlobStore(kafka);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readsBlobsWhereTheirReferencesSay() throws Exception {
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put("model.onnx", random(1, THREE_CHUNKS_BYTES));
        blobs.put("tokenizer.json", random(2, 10));
        blobs.put("empty", new byte[0]);

        ModelVersion version = publish("hinted", blobs);

        assertThat(version.getBlobs())
                .extracting(BlobRef::getPath)
                .containsExactly("model.onnx", "tokenizer.json", "empty");
        assertThat(version.getBlobs()).extracting(BlobRef::getChunks).containsExactly(3, 1, 0);
        assertThat(version.getBlobs().get(0).getFirstOffset()).isNotNegative();
        for (BlobRef ref : version.getBlobs()) {
            assertThat(store.read(ref)).isEqualTo(blobs.get(ref.getPath()));
        }
    }

    @Test
    void findsABlobByAScanWhenTheHintIsUnknownOrWrong() throws Exception {
        byte[] before = random(3, 100);
        byte[] blob = random(4, THREE_CHUNKS_BYTES);
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put("other", before);
        blobs.put("model.onnx", blob);
        BlobRef ref = publish("scanned", blobs).getBlobs().get(1);

        for (long hint : new long[] {-1, 0, ref.getFirstOffset() - 1, ref.getFirstOffset() + 1, 1_000_000}) {
            assertThat(store.read(at(ref, hint))).as("hint " + hint).isEqualTo(blob);
        }
    }

    @Test
    void refusesADamagedChunk() throws Exception {
        byte[] blob = random(5, 600_000);
        byte[] second = Arrays.copyOfRange(blob, 512 * 1024, blob.length);
        second[7] ^= 1;
        String sha256 = Sha256.hex(blob);
        long offset = topics.endOffset(TopicCatalogue.MODEL_CHUNKS);
        topics.send(TopicCatalogue.MODEL_CHUNKS, sha256 + "/0", Arrays.copyOf(blob, 512 * 1024));
        topics.send(TopicCatalogue.MODEL_CHUNKS, sha256 + "/1", second);
        BlobRef ref = new BlobRef("model.onnx", sha256, 600_000L, 2, offset, null, null);

        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("model.onnx")
                .hasMessageContaining("damaged");

        BlobRef sound =
                publish("repaired", Map.of("model.onnx", blob)).getBlobs().get(0);
        assertThat(sound.getFirstOffset()).isGreaterThan(offset);
        assertThat(store.read(ref)).isEqualTo(blob);
    }

    @Test
    void refusesABlobThatIsCutOffOrMissing() {
        byte[] blob = random(6, 600_000);
        String sha256 = Sha256.hex(blob);
        BlobRef ref = new BlobRef("model.onnx", sha256, 600_000L, 2, -1L, null, null);

        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("missing");
        topics.send(TopicCatalogue.MODEL_CHUNKS, sha256 + "/0", Arrays.copyOf(blob, 512 * 1024));
        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOf(BlobUnavailableException.class)
                .hasMessageContaining("1 of its 2 chunks");
    }

    @Test
    void sendsNoBlobTwice() throws Exception {
        byte[] shared = random(7, THREE_CHUNKS_BYTES);
        ModelVersion first = publish("delta", Map.of("base.onnx", shared));
        long sizeBefore = bytesOfChunks();

        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put("base.onnx", shared);
        blobs.put("head.onnx", random(8, 100));
        blobs.put("copy-of-head.onnx", random(8, 100));
        ModelVersion second = publish("delta", blobs);

        assertThat(second.getVersion()).isEqualTo(2);
        assertThat(second.getBlobs().get(0)).isEqualTo(first.getBlobs().get(0));
        assertThat(second.getBlobs().get(2).getFirstOffset())
                .isEqualTo(second.getBlobs().get(1).getFirstOffset());
        assertThat(bytesOfChunks() - sizeBefore).isEqualTo(100);
        for (BlobRef ref : second.getBlobs()) {
            assertThat(store.read(ref)).isEqualTo(blobs.get(ref.getPath()));
        }
    }

    @Test
    void isNotHeldBackByAnotherModelsUnfinishedUpload() throws Exception {
        try (RawPublisher slow = new RawPublisher(kafka, "slow-upload")) {
            long offset = slow.send(TopicCatalogue.MODEL_CHUNKS, "0".repeat(64) + "/0", random(9, 100));
            byte[] blob = random(10, 100);

            BlobRef ref =
                    publish("prompt", Map.of("model.onnx", blob)).getBlobs().get(0);

            assertThat(ref.getFirstOffset()).isGreaterThan(offset);
            assertThat(store.read(ref)).isEqualTo(blob);
            slow.abort();
        }
    }

    private static ModelVersion publish(String model, Map<String, byte[]> blobs) {
        try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, model, "anna", CLOCK)) {
            return writer.publish(
                    new VersionDraft(model, "name: " + model, blobs), PublishAs.CHAMPION, "for the blobs");
        }
    }

    private static long bytesOfChunks() {
        return topics.readAll(TopicCatalogue.MODEL_CHUNKS).stream()
                .mapToLong(record -> record.value().length)
                .sum();
    }

    private static BlobRef at(BlobRef ref, long firstOffset) {
        return new BlobRef(ref.getPath(), ref.getSha256(), ref.getSize(), ref.getChunks(), firstOffset, null, null);
    }

    private static byte[] random(long seed, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
