package io.millrace.bench.flink;

import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends scores under the key and the time of their events.
 *
 * <p>It names its topic, which Flink asks for where it uses names of transactions again.
 */
final class ScoredRows implements KafkaRecordSerializationSchema<ScoredRow>, KafkaDatasetFacetProvider {
    private final String topic;

    ScoredRows(String topic) {
        this.topic = topic;
    }

    @Override
    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    public ProducerRecord<byte[], byte[]> serialize(
            ScoredRow row, KafkaSinkContext context, @Nullable Long timestampMillis) {
        return new ProducerRecord<>(topic, null, row.timestampMillis, row.key, row.value);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
