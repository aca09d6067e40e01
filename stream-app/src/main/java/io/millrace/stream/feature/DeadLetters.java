package io.millrace.stream.feature;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.runtime.PipelineMeters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the original key and bytes, with Kafka Streams' own dead-letter headers and a reason.
 *
 * <p>Threading: safe for all threads. Each letter is counted by reason.
 */
public final class DeadLetters {
    /** Header with the reason, one word. */
    public static final String REASON = "millrace.reason";
    /** Header with the pipeline's name. */
    public static final String PIPELINE = "millrace.pipeline";
    /** Header that says that the value was built anew from the decoded event, since its bytes were gone. */
    public static final String RECONSTRUCTED = "millrace.reconstructed";

    private static final String STREAMS = "__streams.errors.";

    private final String pipeline;
    private final PipelineMeters meters;

    /** Makes the dead letters of a pipeline. */
    public DeadLetters(String pipeline, PipelineMeters meters) {
        this.pipeline = pipeline;
        this.meters = meters;
    }

    /** Where a dead record came from. */
    public record Origin(String topic, int partition, long offset) {}

    /**
     * The letter for a record.
     *
     * @param reason one word, counted by
     * @param message what was wrong, in words
     */
    public Record<byte[], Flow> letter(
            Record<byte[], ?> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Origin origin,
            String reason,
            String message) {
        meters.deadLettered(reason);
        Headers headers = new RecordHeaders(record.headers());
        put(headers, STREAMS + "exception", reason);
        put(headers, STREAMS + "message", message);
        put(headers, STREAMS + "stacktrace", "");
        put(headers, STREAMS + "topic", origin.topic());
        put(headers, STREAMS + "partition", Integer.toString(origin.partition()));
        put(headers, STREAMS + "offset", Long.toString(origin.offset()));
        put(headers, REASON, reason);
        put(headers, PIPELINE, pipeline);
        return outgoing(record, key, value, headers);
    }

    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    private static Record<byte[], Flow> outgoing(
            Record<byte[], ?> record, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new Record<>(key, new Outgoing(TopicCatalogue.DEAD_LETTERS, value), record.timestamp(), headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
