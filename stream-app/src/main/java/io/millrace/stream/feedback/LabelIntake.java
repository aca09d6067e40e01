package io.millrace.stream.feedback;

import io.millrace.schemas.avro.Label;
import io.millrace.stream.event.Flow;
import io.millrace.stream.feature.DeadLetterReason;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.feature.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of the feedback topic; those that are no label, or could never meet their event, become dead letters.
 *
 * <p>Threading: confined to its task.
 */
final class LabelIntake {
    private final LabelDecoder decoder = new LabelDecoder();
    private final List<String> classes;
    private final int partitions;
    private final DeadLetters deadLetters;

    /**
     * A label that can be joined.
     *
     * @param eventId in UTF-8
     * @param value the bytes that it was read from
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Incoming(byte[] eventId, Label label, Said said, byte[] value) {
        /** When the event happened; when that is not said, the time at which it had happened for sure. */
        long eventTimeAtMostMillis() {
            return label.getEventTime() == null
                    ? said.labelledAtMillis()
                    : label.getEventTime().toEpochMilli();
        }
    }

    /** Reads labels in the classes of a model, from a topic of so many partitions. */
    LabelIntake(List<String> classes, int partitions, DeadLetters deadLetters) {
        this.classes = classes;
        this.partitions = partitions;
        this.deadLetters = deadLetters;
    }

    /** The label of a record; null when it went to the dead letters. */
    @Nullable
    Incoming read(ProcessorContext<byte[], Flow> out, Record<byte[], ?> record, byte @Nullable [] value) {
        if (value == null) {
            reject(out, record, null, DeadLetterReason.NULL_VALUE, "the label has no value");
            return null;
        }
        Label label;
        try {
            label = decoder.decode(value);
        } catch (LabelDecoder.MalformedLabelException e) {
            reject(out, record, value, DeadLetterReason.MALFORMED_LABEL, String.valueOf(e.getMessage()));
            return null;
        }
        Said said = Said.of(label, classes);
        if (said.classIndex() == Said.UNKNOWN) {
            reject(
                    out,
                    record,
                    value,
                    DeadLetterReason.UNKNOWN_LABEL,
                    "'" + label.getLabel() + "' is none of " + classes);
            return null;
        }
        byte[] id = label.getEventId().getBytes(StandardCharsets.UTF_8);
        int right = Partitions.of(id, partitions);
        int here = out.recordMetadata().map(RecordMetadata::partition).orElse(right);
        if (right != here) {
            reject(
                    out,
                    record,
                    value,
                    DeadLetterReason.MISROUTED,
                    "lies in partition " + here
                            + " but event " + label.getEventId() + " belongs into " + right
                            + ": produce labels with the event's id as their key");
            return null;
        }
        return new Incoming(id, label, said, value);
    }

    /** What a label says that was read before, and waited. */
    Said again(byte[] value) {
        try {
            return Said.of(decoder.decode(value), classes);
        } catch (LabelDecoder.MalformedLabelException e) {
            throw new IllegalStateException("a label that waited can no longer be read: " + e.getMessage(), e);
        }
    }

    private void reject(
            ProcessorContext<byte[], Flow> out,
            Record<byte[], ?> record,
            byte @Nullable [] value,
            DeadLetterReason reason,
            String message) {
        RecordMetadata at = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a label without a partition and offset"));
        out.forward(deadLetters.letter(
                record,
                record.key(),
                value,
                new DeadLetters.Origin(at.topic(), at.partition(), at.offset()),
                reason.name(),
                message));
    }
}
