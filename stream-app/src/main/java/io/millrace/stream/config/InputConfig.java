package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the events come from and where their parts lie in the user's own record shape.
 *
 * @param topic the input topic
 * @param format how its records are written; JSON by default
 * @param id path of the event's id; paths are dotted ("payload.card.id")
 * @param time path of the event's time
 * @param timePattern java.time pattern of the time when it is a string of its own shape
 * @param key the field by whose value the topic is partitioned, in UTF-8 with Kafka's default partitioner; saves a
 *     repartition when it is the first entity of the features; null when the topic is keyed otherwise
 * @param fields the model's field names to paths; a name that is absent lies at the path of the same name
 * @param schemas Avro schema files of the writers, for the format avro
 * @param text path of the text, which makes this a pipeline of texts; null for events of numbers
 * @param maxAhead events further ahead of the clock than this are dead-lettered; one day by default
 */
public record InputConfig(
        String topic,
        InputFormat format,
        String id,
        String time,
        @Nullable String timePattern,
        @Nullable String key,
        Map<String, String> fields,
        List<Path> schemas,
        @Nullable String text,
        Duration maxAhead) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static InputConfig of(
            @Nullable String topic,
            @Nullable InputFormat format,
            @Nullable String id,
            @Nullable String time,
            @Nullable String timePattern,
            @Nullable String key,
            @Nullable Map<String, String> fields,
            @Nullable List<Path> schemas,
            @Nullable String text,
            @Nullable Duration maxAhead) {
        return new InputConfig(
                Checks.required("topic", topic, "name the topic that the events come from"),
                format == null ? InputFormat.JSON : format,
                Checks.required("id", id, "name the field that identifies an event"),
                Checks.required("time", time, "name the field that says when an event happened"),
                timePattern,
                key,
                fields == null ? Map.of() : fields,
                schemas == null ? List.of() : schemas,
                text,
                maxAhead == null ? Duration.ofDays(1) : maxAhead);
    }

    /** Events of numbers; absent values take their defaults. */
    public static InputConfig of(
            @Nullable String topic,
            @Nullable InputFormat format,
            @Nullable String id,
            @Nullable String time,
            @Nullable String timePattern,
            @Nullable String key,
            @Nullable Map<String, String> fields,
            @Nullable List<Path> schemas,
            @Nullable Duration maxAhead) {
        return of(topic, format, id, time, timePattern, key, fields, schemas, null, maxAhead);
    }

    public InputConfig {
        fields = Map.copyOf(fields);
        schemas = List.copyOf(schemas);
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException("text must name the field with the text, was blank");
        }
        Checks.positive("max-ahead", maxAhead);
    }
}
