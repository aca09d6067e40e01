package io.millrace.trainer.service;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.trainer.example.ExampleRange;
import io.millrace.trainer.example.ExampleRanges;
import java.time.Duration;
import java.util.ArrayList;
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
 * Follows the topics that a trainer needs of one pipeline, each from its beginning: runs, examples, metrics and
 * activations. Committed records only, in no consumer group.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a consumer until {@link #close}.
 */
final class TrainerFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String examples;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<TopicPartition, Long> begins;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TrainerFeed(Map<String, Object> kafka, String pipeline) {
        this.examples = TopicCatalogue.examples(pipeline);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.begins = seekToBeginnings(List.of(
                    TopicCatalogue.TRAINING_RUNS,
                    examples,
                    TopicCatalogue.metrics(pipeline),
                    TopicCatalogue.activations(pipeline)));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private Map<TopicPartition, Long> seekToBeginnings(List<String> topics) {
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.beginningOffsets(partitions));
        offsets.forEach(consumer::seek);
        return offsets;
    }

    /** Hands on what is new, waiting for it so long at most; answers how many records there were. */
    int poll(Duration timeout, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
        records.forEach(sink);
        return records.count();
    }

    /** Hands on all that is committed now. */
    void catchUp(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long heardNanos = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (poll(POLL, sink) > 0) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > SILENCE_NANOS) {
                throw new TimeoutException("no answer from the broker for 30 s while reading " + ends.keySet());
            }
        }
    }

    /** Goes back to the first example: for a model that takes other ones. */
    void rereadExamples() {
        begins.forEach((partition, begin) -> {
            if (partition.topic().equals(examples)) {
                consumer.seek(partition, begin);
            }
        });
    }

    /** What of the example topic was handed on. */
    ExampleRanges examplesRead() {
        return new ExampleRanges(partitions.stream()
                .filter(partition -> partition.topic().equals(examples))
                .map(partition -> new ExampleRange(
                        partition.partition(), begins.getOrDefault(partition, 0L), consumer.position(partition)))
                .toList());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
