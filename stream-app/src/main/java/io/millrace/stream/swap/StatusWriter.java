package io.millrace.stream.swap;

import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.ModelState;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the status topic how far this instance is with each version.
 *
 * <p>Threading: safe for all threads, but never called on the record path. Lifecycle: owns a producer.
 */
public final class StatusWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusWriter.class);

    private final SingleObject<ModelStatus> codec = SingleObject.of(ModelStatus.class, SchemaStore.ofOwn());
    private final Producer<byte[], byte[]> producer;
    private final String instance;
    private final String device;
    private final Clock clock;

    /** Writes for one instance, whose models run on the given device. */
    public StatusWriter(Map<String, Object> kafka, String instance, String device, Clock clock) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.instance = instance;
        this.device = device;
        this.clock = clock;
    }

    void write(String pipeline, ModelRef ref, ModelState state, String reason) {
        String key = instance + "/" + pipeline + "/" + ref.name();
        ModelStatus status =
                new ModelStatus(instance, pipeline, ref.name(), ref.version(), state, reason, device, clock.instant());
        byte[] value;
        synchronized (codec) {
            value = codec.encode(status);
        }
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(TopicCatalogue.MODEL_STATUS, key.getBytes(StandardCharsets.UTF_8), value),
                (metadata, failure) -> {
                    if (failure != null) {
                        log.atWarn()
                                .addKeyValue("pipeline", pipeline)
                                .addKeyValue("model", ref)
                                .addKeyValue("state", state)
                                .log("status not written: {}", failure.toString());
                    }
                });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
