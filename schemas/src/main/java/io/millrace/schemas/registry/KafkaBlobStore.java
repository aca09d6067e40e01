package io.millrace.schemas.registry;

import io.millrace.schemas.avro.BlobRef;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs in chunks on a Kafka topic. Looks where the reference says that they begin, and through the whole topic when
 * they are not there.
 *
 * <p>Reads uncommitted records too: a reference comes from a committed manifest, the hash proves the content, and so
 * another publisher's long upload holds nobody back.
 *
 * <p>Threading: safe; one read at a time. Lifecycle: owns a consumer until {@link #close}.
 */
public final class KafkaBlobStore implements BlobStore, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaBlobStore.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final TopicPartition chunks = new TopicPartition(TopicCatalogue.MODEL_CHUNKS, 0);
    private final Consumer<byte[], byte[]> consumer;

    /** Makes the store; connects when it is first read. */
    public KafkaBlobStore(Map<String, Object> kafka) {
        this.consumer = RegistryClients.uncommittedToo(kafka);
        consumer.assign(List.of(chunks));
    }

    /**
     * The blob, whole and sound.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    @Override
    public synchronized byte[] read(BlobRef ref) throws BlobUnavailableException {
        BlobCheck.requireSane(ref);
        if (ref.getChunks() == 0) {
            return BlobCheck.requireIs(ref, new byte[0]);
        }
        long begin = consumer.beginningOffsets(List.of(chunks)).getOrDefault(chunks, 0L);
        long end = consumer.endOffsets(List.of(chunks)).getOrDefault(chunks, 0L);
        long hint = ref.getFirstOffset();
        if (hint >= begin && hint < end) {
            byte[] found = search(new BlobAssembly(ref), hint, end, true);
            if (found != null) {
                return found;
            }
            log.atInfo()
                    .addKeyValue("blob", ref.getPath())
                    .addKeyValue("offset", hint)
                    .log("blob does not lie where its reference says, looking through the whole topic");
        }
        BlobAssembly assembly = new BlobAssembly(ref);
        byte[] found = search(assembly, begin, end, false);
        if (found == null) {
            throw assembly.failure();
        }
        return found;
    }

    /** Offers the records of a range; at a hint, gives up as soon as it proves wrong. */
    private byte @Nullable [] search(BlobAssembly assembly, long from, long end, boolean atHint) {
        consumer.seek(chunks, from);
        boolean first = true;
        long heardNanos = System.nanoTime();
        while (consumer.position(chunks) < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                if (atHint && first && !assembly.isFirstKey(key)) {
                    return null;
                }
                first = false;
                byte[] blob = assembly.offer(key, record.value());
                if (blob != null) {
                    return blob;
                }
                if (atHint && assembly.isDamaged()) {
                    return null;
                }
            }
            if (!records.isEmpty()) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
                throw new TimeoutException("no answer from the broker for " + SILENCE.toSeconds() + " s at offset "
                        + consumer.position(chunks) + " of topic " + chunks.topic());
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
