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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the stream first scored with each version of a model.
 *
 * <p>Threading: confined to one thread.
 */
final class LiveVersions {
    private static final Logger log = LoggerFactory.getLogger(LiveVersions.class);

    private final String model;
    private final SingleObject<Activation> codec = SingleObject.of(Activation.class, SchemaStore.ofOwn());
    private final Map<Integer, Instant> firstScored = new HashMap<>();

    LiveVersions(String model) {
        this.model = model;
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            Activation activation = codec.decode(record.value());
            if (activation.getModel().equals(model)) {
                firstScored.merge(
                        activation.getVersion(),
                        activation.getActivatedAt(),
                        (before, now) -> now.isBefore(before) ? now : before);
            }
        } catch (UnreadableRecordException e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("a record that cannot be read is passed over: {}", e.getMessage());
        }
    }

    /** When a version first scored; empty if it did not yet. */
    Optional<Instant> since(int version) {
        return Optional.ofNullable(firstScored.get(version));
    }
}
