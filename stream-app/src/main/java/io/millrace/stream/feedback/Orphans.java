package io.millrace.stream.feedback;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.feature.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records of the orphan topic: a label's own key and bytes, with the reason in a header. */
final class Orphans {
    private final String pipeline;
    private final String topic;

    Orphans(String pipeline) {
        this.pipeline = pipeline;
        this.topic = TopicCatalogue.orphans(pipeline);
    }

    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    Record<byte[], Flow> record(byte @Nullable [] key, byte[] value, OrphanReason reason, long timestampMillis) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(DeadLetters.REASON, reason.name().getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetters.PIPELINE, pipeline.getBytes(StandardCharsets.UTF_8));
        return new Record<>(key, new Outgoing(topic, value), timestampMillis, headers);
    }
}
