package io.millrace.stream.runtime;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pipeline's activation topic says of earlier runs. */
final class ActivationLog {
    private static final Logger log = LoggerFactory.getLogger(ActivationLog.class);

    private ActivationLog() {}

    /** The latest activation of a pipeline, empty when it never scored. */
    static Optional<Activation> latest(Map<String, Object> kafka, String pipeline) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        SingleObject<Activation> codec = SingleObject.of(Activation.class, SchemaStore.ofOwn());
        Activation latest = null;
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TopicCatalogue.activations(pipeline)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Activation activation = read(codec, record);
                    if (activation != null
                            && (latest == null || !activation.getActivatedAt().isBefore(latest.getActivatedAt()))) {
                        latest = activation;
                    }
                }
            }
        }
        return Optional.ofNullable(latest);
    }

    private static @Nullable Activation read(SingleObject<Activation> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (UnreadableRecordException e) {
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("an activation that cannot be read is passed over: {}", e.getMessage());
            return null;
        }
    }
}
