package io.millrace.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's face of {@link SingleObject}: null stays null both ways.
 *
 * <p>Threading: safe. Lifecycle: holds no resources; closing it is not needed.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final SingleObject<T> records;

    public AvroSerde(Class<T> type, SchemaStore store) {
        this.records = SingleObject.of(type, store);
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> encode(value);
    }

    /** Fails with {@link UnreadableRecordException} on bytes that are no such record. */
    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> decode(bytes);
    }

    private byte @Nullable [] encode(@Nullable T value) {
        return value == null ? null : records.encode(value);
    }

    private @Nullable T decode(byte @Nullable [] bytes) {
        return bytes == null ? null : records.decode(bytes);
    }
}
