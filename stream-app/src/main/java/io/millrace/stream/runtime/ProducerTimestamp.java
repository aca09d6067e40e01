package io.millrace.stream.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp that the producer gave, never negative. It says when a record was sent and is no event time: that one
 * is a field of the event, so that old events do not fall to a topic's retention and future ones are not refused by
 * the broker.
 */
public final class ProducerTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
