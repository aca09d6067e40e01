package io.millrace.bench.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records as they are: decoding is the scorer's work, as it is in the stream. */
final class InputRows implements KafkaRecordDeserializationSchema<InputRow> {

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<InputRow> out) {
        InputRow row = new InputRow();
        row.key = message.key();
        row.value = message.value();
        row.timestampMillis = message.timestamp();
        row.partition = message.partition();
        row.offset = message.offset();
        out.collect(row);
    }

    @Override
    public TypeInformation<InputRow> getProducedType() {
        return TypeInformation.of(InputRow.class);
    }
}
