package io.millrace.trainer.example;

import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads ranges of a pipeline's example topic: committed records only, in no consumer group.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a consumer until {@link #close}.
 */
public final class ExampleReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Makes the reader; connects when it is first used. */
    public ExampleReader(Map<String, Object> kafka, String pipeline) {
        this.topic = TopicCatalogue.examples(pipeline);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The topic that is read. */
    public String topic() {
        return topic;
    }

    /** All that is committed on the topic now. */
    public ExampleRanges available() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return new ExampleRanges(partitions.stream()
                .map(partition -> new ExampleRange(
                        partition.partition(), begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L)))
                .toList());
    }

    /**
     * Reads every record of the ranges, each partition in the order of its offsets.
     *
     * @throws ExamplesGoneException if the topic does not hold all of them
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    public void read(ExampleRanges ranges, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        requireHeld(ranges);
        Map<TopicPartition, Long> ends = new HashMap<>();
        ranges.ranges().stream()
                .filter(range -> range.to() > range.from())
                .forEach(range -> ends.put(new TopicPartition(topic, range.partition()), range.to()));
        consumer.assign(ends.keySet());
        ranges.ranges().stream()
                .filter(range -> range.to() > range.from())
                .forEach(range -> consumer.seek(new TopicPartition(topic, range.partition()), range.from()));
        long heardNanos = System.nanoTime();
        while (!isDone(ends)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
                    sink.accept(record);
                }
            }
            if (!records.isEmpty()) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > SILENCE_NANOS) {
                throw new TimeoutException("no answer from the broker for 30 s while reading topic '" + topic + "'");
            }
        }
    }

    private boolean isDone(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void requireHeld(ExampleRanges ranges) {
        Map<Integer, ExampleRange> held = new HashMap<>();
        available().ranges().forEach(range -> held.put(range.partition(), range));
        for (ExampleRange range : ranges.ranges()) {
            ExampleRange there = held.get(range.partition());
            boolean empty = range.from() == range.to();
            if (!empty && (there == null || there.from() > range.from() || there.to() < range.to())) {
                throw new ExamplesGoneException("topic '" + topic + "' holds "
                        + (there == null ? "no partition " + range.partition() : "only the offsets " + there)
                        + ", but " + range + " are wanted: what was trained on is not all there");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
