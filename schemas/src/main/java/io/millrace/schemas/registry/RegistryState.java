package io.millrace.schemas.registry;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.ModelRoles;
import io.millrace.schemas.avro.ModelStatus;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model log as the records so far make it. A record that cannot be read is passed over, counted and logged: one bad
 * record must not stop what all streams follow.
 *
 * <p>Threading: thread-confined.
 */
final class RegistryState {
    private static final Logger log = LoggerFactory.getLogger(RegistryState.class);

    private final SingleObject<ModelVersion> versionCodec;
    private final SingleObject<ModelRoles> rolesCodec;
    private final SingleObject<ModelStatus> statusCodec;
    private final Map<String, NavigableMap<Integer, ModelVersion>> versions = new HashMap<>();
    private final Map<String, ModelRoles> roles = new HashMap<>();
    private final Map<String, ModelStatus> status = new HashMap<>();
    private long skipped;

    RegistryState() {
        SchemaStore schemas = SchemaStore.ofOwn();
        this.versionCodec = SingleObject.of(ModelVersion.class, schemas);
        this.rolesCodec = SingleObject.of(ModelRoles.class, schemas);
        this.statusCodec = SingleObject.of(ModelStatus.class, schemas);
    }

    /** Key of a version's record. */
    static String versionKey(String model, int version) {
        return model + "@" + version;
    }

    /** Applies a record; whether it could be read. */
    boolean apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.key() == null) {
                throw new UnreadableRecordException("it has no key");
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            switch (record.topic()) {
                case TopicCatalogue.MODEL_VERSIONS -> applyVersion(key, record.value());
                case TopicCatalogue.MODEL_ROLES -> applyRoles(key, record.value());
                case TopicCatalogue.MODEL_STATUS -> applyStatus(key, record.value());
                default -> throw new IllegalStateException("not a topic of the model log: " + record.topic());
            }
            return true;
        } catch (UnreadableRecordException e) {
            skipped++;
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("record of the model log passed over: {}", e.getMessage());
            return false;
        }
    }

    private void applyVersion(String key, byte[] value) {
        if (value == null) {
            int at = key.lastIndexOf('@');
            versions.getOrDefault(key.substring(0, Math.max(at, 0)), new TreeMap<>())
                    .values()
                    .removeIf(version ->
                            versionKey(version.getName(), version.getVersion()).equals(key));
            return;
        }
        ModelVersion version = versionCodec.decode(value);
        requireKey(key, versionKey(version.getName(), version.getVersion()));
        versions.computeIfAbsent(version.getName(), name -> new TreeMap<>()).put(version.getVersion(), version);
    }

    private void applyRoles(String key, byte[] value) {
        if (value == null) {
            roles.remove(key);
            return;
        }
        ModelRoles decided = rolesCodec.decode(value);
        requireKey(key, decided.getName());
        roles.put(key, decided);
    }

    private void applyStatus(String key, byte[] value) {
        if (value == null) {
            status.remove(key);
            return;
        }
        status.put(key, statusCodec.decode(value));
    }

    private static void requireKey(String key, String expected) {
        if (!key.equals(expected)) {
            throw new UnreadableRecordException("its key is '" + key + "', its value belongs under '" + expected + "'");
        }
    }

    RegistryView view() {
        return new RegistryView(versions, roles, status);
    }

    long skipped() {
        return skipped;
    }
}
