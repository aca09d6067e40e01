package io.millrace.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients with the user's properties and those that the model log depends on. */
final class RegistryClients {

    /** An upload must fit into it; a publisher that dies holds back readers of its topics for as long at most. */
    static final int TRANSACTION_TIMEOUT_MILLIS = 5 * 60 * 1000;

    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private RegistryClients() {}

    static Consumer<byte[], byte[]> committedOnly(Map<String, Object> kafka) {
        return consumer(kafka, "read_committed");
    }

    static Consumer<byte[], byte[]> uncommittedToo(Map<String, Object> kafka) {
        return consumer(kafka, "read_uncommitted");
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka, String isolation) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static Producer<byte[], byte[]> transactional(Map<String, Object> kafka, String transactionalId) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
