package io.millrace.schemas;

import io.millrace.schemas.avro.Label;
import io.millrace.schemas.avro.Score;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Records and foreign writers that several tests share. */
public final class TestRecords {
    public static final Instant TIME = Instant.parse("2018-08-08T00:01:14.123Z");

    /** Of an earlier release, as it stands in the tests' history. */
    public static final Schema VERDICT = schema("""
            {"type": "record", "name": "Verdict", "namespace": "io.millrace.schemas", "fields": [
              {"name": "tx", "type": "string"},
              {"name": "label", "type": "string"}]}
            """);

    private TestRecords() {}

    public static Score score() {
        return Score.newBuilder()
                .setEventId("tx-1")
                .setEventTime(TIME)
                .setModel("fraud")
                .setVersion(3)
                .setModelHash("ab".repeat(32))
                .setScore(0.0123)
                .setProbabilities(List.of(0.9877, 0.0123))
                .setDecision("LEGITIMATE")
                .setThreshold(0.5)
                .setReasons(List.of())
                .setFeatures(List.of(1.0, 2.5))
                .setInputPartition(1)
                .setInputOffset(42L)
                .setScoringPartition(2)
                .setScoringOffset(43L)
                .setScoredAt(TIME.plusMillis(5))
                .build();
    }

    public static Label label() {
        return Label.newBuilder()
                .setEventId("tx-1")
                .setLabel("FRAUD")
                .setLabelledAt(TIME)
                .build();
    }

    public static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }

    /** A record with these values in the order of the schema's fields, as Avro's own encoder writes it. */
    public static byte[] foreign(Schema schema, @Nullable Object... values) {
        return encode(schema, record(schema, values));
    }

    public static GenericRecord record(Schema schema, @Nullable Object... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    public static byte[] encode(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new BinaryMessageEncoder<>(GenericData.get(), schema).encode(datum, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
