package io.millrace.schemas.topic;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a topic is and how it is created when it is missing.
 *
 * <p>The replication factor is the broker's default.
 *
 * @param key what its keys are, in words
 * @param value what its values are, in words
 * @param retention how long records are kept; null: for ever. A topic that is only compacted keeps the last record of a
 *     key for ever, so it has none
 * @param extra further settings of the topic, by Kafka's names
 */
public record TopicSpec(
        String name,
        String key,
        String value,
        int partitions,
        Cleanup cleanup,
        @Nullable Duration retention,
        Map<String, String> extra) {

    /** Kafka's limit, and the characters it allows. */
    private static final String NAME = "[A-Za-z0-9._-]{1,249}";

    public TopicSpec {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("topic name '" + name
                    + "' must be 1 to 249 of the characters A-Z, a-z, 0-9, '.', '_' and '-': rename the pipeline or"
                    + " the topic");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic '" + name + "' must have at least 1 partition, was " + partitions);
        }
        if (retention != null && (cleanup == Cleanup.COMPACT || retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException("topic '" + name + "' cannot have a retention of " + retention
                    + ": use null for ever, and null when it is compacted");
        }
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /** All settings that it is created with, by Kafka's names. */
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", cleanup.policy());
        if (cleanup != Cleanup.COMPACT) {
            settings.put("retention.ms", retention == null ? "-1" : Long.toString(retention.toMillis()));
        }
        if (retention == null) {
            settings.put("retention.bytes", "-1");
        }
        settings.putAll(extra);
        return settings;
    }

    /** The command that creates it by hand. */
    public String createCommand() {
        StringBuilder command = new StringBuilder("kafka-topics.sh --bootstrap-server BROKER:9092 --create --topic ")
                .append(name)
                .append(" --partitions ")
                .append(partitions);
        settings()
                .forEach((setting, to) ->
                        command.append(" --config ").append(setting).append('=').append(to));
        return command.toString();
    }
}
