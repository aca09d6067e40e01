package io.millrace.trainer.service;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.Activation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * When the stream first scored with each version of a model.
 *
 * <p>Threading: confined to one thread.
 */
final class LiveVersions {
    private final String model;
    private final SingleObject<Activation> codec = SingleObject.of(Activation.class, SchemaStore.ofOwn());
    private final Map<Integer, Instant> firstScored = new HashMap<>();
    private long unreadable;

    LiveVersions(String model) {
        this.model = model;
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            Activation activation = codec.decode(record.value());
            if (activation.getModel().equals(model)) {
                firstScored.merge(
                        activation.getVersion(),
                        activation.getActivatedAt(),
                        (before, now) -> now.isBefore(before) ? now : before);
            }
        } catch (UnreadableRecordException e) {
            unreadable++;
        }
    }

    /** When a version first scored; empty if it did not yet. */
    Optional<Instant> since(int version) {
        return Optional.ofNullable(firstScored.get(version));
    }

    /** How many records could not be read. */
    long unreadable() {
        return unreadable;
    }
}
