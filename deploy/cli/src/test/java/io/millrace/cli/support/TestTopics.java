package io.millrace.cli.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads whole topics of a broker, for tests.
 *
 * <p>Threading: confined to the test's thread. Lifecycle: every method opens and closes its own client.
 */
public final class TestTopics {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> client;

    public TestTopics(String bootstrapServers) {
        this.client = Map.of("bootstrap.servers", bootstrapServers);
    }

    public void create(String topic, int partitions, Map<String, String> settings) {
        try (Admin admin = Admin.create(client)) {
            NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
            await(admin.createTopics(List.of(wanted)).all().toCompletionStage().toCompletableFuture()::get);
        }
    }

    public void create(String topic, int partitions) {
        create(topic, partitions, Map.of());
    }

    /** Sends one record and waits for its acknowledgement. */
    public void send(String topic, @Nullable String key, byte @Nullable [] value) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
            await(producer.send(new ProducerRecord<>(topic, keyBytes, value))::get);
        }
    }

    /** Sends texts without keys, in order. */
    public void sendTexts(String topic, List<String> values) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String value : values) {
                sent.add(producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<RecordMetadata> each : sent) {
                await(each::get);
            }
        }
    }

    /** Everything committed that a topic holds now, partition by partition. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** Like {@link #readAll}, the values as texts. */
    public List<String> readTexts(String topic) {
        return readAll(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The sum of the end offsets of a topic, transaction markers included. */
    public long endOffset(String topic) {
        try (Admin admin = Admin.create(client)) {
            var description = awaitResult(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .toCompletionStage()
                    .toCompletableFuture()::get);
            Map<TopicPartition, OffsetSpec> wanted = description.values().stream()
                    .flatMap(found -> found.partitions().stream()
                            .map(partition -> new TopicPartition(found.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return awaitResult(
                            admin.listOffsets(wanted).all().toCompletionStage().toCompletableFuture()::get)
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("acks", "all");
        settings.put("max.request.size", 16 * 1024 * 1024);
        return settings;
    }

    private interface Blocking<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private static void await(Blocking<?> call) {
        Object unused = awaitResult(call);
    }

    private static <T> T awaitResult(Blocking<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused: " + e.getCause(), e);
        }
    }
}
