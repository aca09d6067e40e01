package io.millrace.bench.live;

import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed scores of a pipeline as they come, and notes for each when it was there.
 *
 * <p>Threading: a thread of its own, begun by {@link #start}; counts may be read by any. Lifecycle: ends with
 * {@link #close}, which throws what went wrong on the thread.
 */
final class ScoreReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Delivery delivery = new Delivery();
    private final ScoreHead head = new ScoreHead();
    private final Thread thread = new Thread(this::run, "millrace-bench-reader");
    private volatile Arrival arrival = (id, version, atNanos) -> {};
    private volatile @Nullable RuntimeException failure;

    ScoreReader(String bootstrapServers, String pipeline) {
        this.consumer = new KafkaConsumer<>(
                Clients.reader(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TopicCatalogue.scores(pipeline)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void start() {
        thread.start();
    }

    /** Who hears of scores from now on. */
    void tell(Arrival listener) {
        arrival = listener;
    }

    /** Which events have their score. */
    Delivery delivery() {
        requireNoFailure();
        return delivery;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long atNanos = System.nanoTime();
                Arrival listener = arrival;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    head.read(record.value());
                    if (delivery.arrived(head.id())) {
                        listener.score(head.id(), head.version(), atNanos);
                    }
                }
            }
        } catch (WakeupException ending) {
            return;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void requireNoFailure() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the scores could not be read: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
