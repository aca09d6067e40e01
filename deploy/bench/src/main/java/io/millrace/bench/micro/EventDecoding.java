package io.millrace.bench.micro;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Transaction;
import io.millrace.schemas.codec.AvroEventCodec;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.EventShape;
import io.millrace.schemas.codec.FieldMapping;
import io.millrace.schemas.codec.JsonEventCodec;
import io.millrace.schemas.codec.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The same transaction out of its bytes, in both formats.
 *
 * <p>Threading: confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventDecoding {
    private static final FieldMapping MAPPING = new FieldMapping("transaction_id", "event_time", null, null, Map.of());
    private static final EventShape SHAPE =
            new EventShape(List.of("customer_id", "terminal_id"), List.of("amount"), false);
    private static final Instant TIME = Instant.parse("2026-11-24T12:00:00Z");

    private final EventCodec avroCodec = new AvroEventCodec(MAPPING, SHAPE, SchemaStore.ofOwn());
    private final EventCodec jsonCodec = new JsonEventCodec(MAPPING, SHAPE);
    private final byte[] avroBytes = SingleObject.of(Transaction.class, SchemaStore.ofOwn())
            .encode(new Transaction("t1234567", TIME, "c4711", "m8152", 57.23));
    private final byte[] jsonBytes = ("{\"transaction_id\":\"t1234567\",\"event_time\":\"" + TIME
                    + "\",\"customer_id\":\"c4711\",\"terminal_id\":\"m8152\",\"amount\":57.23}")
            .getBytes(StandardCharsets.UTF_8);

    /** Avro in single-object encoding. */
    @Benchmark
    public Event avro() throws MalformedEventException {
        return avroCodec.decode(avroBytes);
    }

    /** A JSON object. */
    @Benchmark
    public Event json() throws MalformedEventException {
        return jsonCodec.decode(jsonBytes);
    }
}
