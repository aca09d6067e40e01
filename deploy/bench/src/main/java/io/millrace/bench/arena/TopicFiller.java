package io.millrace.bench.arena;

import io.millrace.cli.output.FailedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Makes topics, fills them as fast as one producer can, and deletes them. Threading: stateless. */
public final class TopicFiller {
    private static final int REPORT_EVERY = 10_000;
    private static final Duration FENCED = Duration.ofMinutes(1);
    private static final long RETRY_MILLIS = 100;
    /** Producers that send what is measured have these settings too. */
    private static final Map<String, Object> FAST = Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64 * 1024 * 1024L,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");

    private TopicFiller() {}

    /** Makes a topic that keeps what it is given. */
    public static void create(Map<String, Object> kafka, String topic, int partitions) throws InterruptedException {
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms", "-1"));
        long untilNanos = System.nanoTime() + FENCED.toNanos();
        try (Admin admin = Admin.create(kafka)) {
            while (!isCreated(admin, wanted, untilNanos)) {
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** False if the broker, on a busy machine, did not report to its controller in time and is not counted just now. */
    private static boolean isCreated(Admin admin, NewTopic wanted, long untilNanos) throws InterruptedException {
        try {
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidReplicationFactorException && System.nanoTime() < untilNanos) {
                return false;
            }
            throw new FailedException("topic " + wanted.name() + " cannot be made: " + e.getCause(), e);
        }
    }

    /** Deletes what a pipeline reads and writes, the topics that Kafka Streams made for it too. */
    public static void deleteAllOf(Map<String, Object> kafka, String pipeline) throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            Set<String> own = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(pipeline + ".") || topic.startsWith("millrace-" + pipeline + "-"))
                    .collect(Collectors.toSet());
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException e) {
            throw new FailedException("the topics of " + pipeline + " cannot be deleted: " + e.getCause(), e);
        }
    }

    /**
     * Sends the first records of a source, by Kafka's default partitioner, and waits until all are written.
     *
     * @param progress hears now and then how many were sent
     */
    public static void fill(
            Map<String, Object> kafka, String topic, Iterator<KeyedRecord> records, long count, LongConsumer progress) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            for (long sent = 0; sent < count && failure.get() == null; sent++) {
                KeyedRecord record = records.next();
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(topic, record.key(), record.value()), (metadata, exception) -> {
                            if (exception != null) {
                                failure.compareAndSet(null, exception);
                            }
                        });
                if (sent % REPORT_EVERY == 0) {
                    progress.accept(sent);
                }
            }
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new FailedException("topic " + topic + " cannot be filled: " + failed.getMessage(), failed);
        }
        progress.accept(count);
    }

    /** A producer for large amounts; the caller closes it. */
    public static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(FAST);
        settings.putAll(kafka);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
