package io.millrace.cli.registry;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a publisher's records one by one, so that a test can stop it half-way.
 *
 * <p>Threading: thread-confined. Lifecycle: owns a producer; {@link #close} leaves an open transaction open.
 */
final class RawPublisher implements AutoCloseable {

    private final String model;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Fences earlier publishers of the model, and begins a transaction. */
    RawPublisher(Map<String, Object> kafka, String model) {
        this.model = model;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("transactional.id", "millrace-registry-" + model);
        settings.put("linger.ms", 0);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
    }

    long send(String topic, String key, byte[] value) throws Exception {
        return producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value))
                .get()
                .offset();
    }

    void sendVersion(int version) throws Exception {
        SingleObject<ModelVersion> codec = SingleObject.of(ModelVersion.class, SchemaStore.ofOwn());
        ModelVersion sent =
                new ModelVersion(model, version, "name: " + model, "hash", List.of(), Instant.EPOCH, "raw", null);
        long unused = send(TopicCatalogue.MODEL_VERSIONS, model + "@" + version, codec.encode(sent));
    }

    void commit() {
        producer.commitTransaction();
    }

    void abort() {
        producer.abortTransaction();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
