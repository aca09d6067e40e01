package io.millrace.cli.history;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed in some topics, to their present end.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a consumer until {@link #close}; it belongs to no group.
 */
public final class CommittedLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects to the broker that these client properties name. */
    public CommittedLog(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The names of all topics. */
    Collection<String> topics() {
        return consumer.listTopics().keySet();
    }

    /** Whether there is a topic of this name. */
    public boolean has(String topic) {
        return topics().contains(topic);
    }

    /** Goes on with the topics read last: hands out what is committed from then on, as long as it is wanted. */
    public void follow(Consumer<ConsumerRecord<byte[], byte[]>> each, BooleanSupplier wanted) {
        while (wanted.getAsBoolean()) {
            consumer.poll(POLL).forEach(each);
        }
    }

    /** Hands out every record of the topics, in the order of a partition; how many there were. */
    public long readAll(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return readNewest(topics, Long.MAX_VALUE, each);
    }

    /** Hands out the newest records of the topics, at most so many of each partition; how many there were. */
    long readNewest(Collection<String> topics, long perPartition, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - perPartition)));
        long count = 0;
        long sinceNanos = System.nanoTime();
        while (isBefore(ends)) {
            var records = consumer.poll(POLL);
            records.forEach(each);
            count += records.count();
            if (!records.isEmpty()) {
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > SILENCE.toNanos()) {
                throw new IllegalStateException("the broker gave nothing of " + topics + " for " + SILENCE.toSeconds()
                        + " s: look whether it is well, with 'millrace doctor'");
            }
        }
        return count;
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
