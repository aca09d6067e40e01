package io.millrace.stream.scoring;

import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A row that waits in a batch.
 *
 * @param record the record that brought it
 * @param envelope its value
 * @param partition of the topic that the scoring task reads
 * @param offset in that partition
 */
record PendingRow(Record<byte[], Flow> record, Envelope envelope, int partition, long offset) {

    /** A finished record about this row, under the key of the user's own. */
    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    Record<byte[], Flow> outgoing(String topic, byte[] value) {
        return new Record<>(envelope.originalKey(), new Outgoing(topic, value), record.timestamp(), record.headers());
    }
}
