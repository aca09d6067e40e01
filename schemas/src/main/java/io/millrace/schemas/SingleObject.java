package io.millrace.schemas;

import io.millrace.schemas.avro.Score;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type in Avro's single-object encoding: written with today's schema, read with whichever schema of the
 * store they were written with and brought to today's shape by Avro's resolution rules.
 *
 * <p>Threading: safe; each thread keeps a buffer, an encoder and the readers it has needed.
 */
public final class SingleObject<T extends SpecificRecord> {
    static {
        OwnClasses.trust();
    }

    private final Class<T> type;
    private final Schema schema;
    private final SpecificData model;
    private final SchemaStore store;
    private final byte[] header;
    private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);

    private SingleObject(Class<T> type, SchemaStore store) {
        this.type = type;
        this.schema = SpecificData.get().getSchema(type);
        this.model = SpecificData.getForClass(type);
        this.store = store;
        this.header = SingleObjectHeader.of(SchemaNormalization.parsingFingerprint64(schema));
    }

    /**
     * For a generated class.
     *
     * @param store the writers' schemas that are to be read; today's schema of the type is read even when it lacks it
     */
    public static <T extends SpecificRecord> SingleObject<T> of(Class<T> type, SchemaStore store) {
        return new SingleObject<>(type, store.with(SpecificData.get().getSchema(type)));
    }

    /** A new array with header and body. */
    public byte[] encode(T value) {
        try {
            return workers.get().encode(value);
        } catch (IOException | RuntimeException e) {
            // The encoder may still hold half a record.
            workers.remove();
            throw new IllegalArgumentException(
                    "cannot write this " + schema.getName() + ": set each field that may not be null; "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * The record in these bytes.
     *
     * @throws UnreadableRecordException if they are not a whole record of a known schema
     */
    public T decode(byte[] bytes) {
        if (!SingleObjectHeader.isPresent(bytes)) {
            throw new UnreadableRecordException("not a " + schema.getName() + ": " + SingleObjectHeader.problem(bytes));
        }
        return workers.get().decode(bytes);
    }

    private DatumReader<T> readerOf(long fingerprint) {
        Schema writer = store.find(fingerprint);
        if (writer == null) {
            throw new UnreadableRecordException("not a readable " + schema.getName() + ": written with unknown schema "
                    + SingleObjectHeader.text(fingerprint)
                    + ": a newer release wrote it, or another program; update this one, or add the writer's schema");
        }
        return new SpecificDatumReader<>(writer, schema, model);
    }

    @SuppressWarnings("unchecked") // guarded by the type
    private DatumWriter<T> newWriter() {
        return type == Score.class ? (DatumWriter<T>) new ScoreDatumWriter() : new SpecificDatumWriter<>(schema, model);
    }

    private final class Worker {
        private final RecordBuffer buffer = new RecordBuffer();
        private final DatumWriter<T> writer = newWriter();
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);
        private final Map<Long, DatumReader<T>> readers = new HashMap<>();
        private @Nullable BinaryDecoder decoder;

        byte[] encode(T value) throws IOException {
            buffer.startWith(header);
            writer.write(value, encoder);
            encoder.flush();
            return buffer.toByteArray();
        }

        T decode(byte[] bytes) {
            long fingerprint = SingleObjectHeader.fingerprint(bytes);
            DatumReader<T> reader = readers.computeIfAbsent(fingerprint, SingleObject.this::readerOf);
            BinaryDecoder source = DecoderFactory.get()
                    .binaryDecoder(bytes, SingleObjectHeader.LENGTH, bytes.length - SingleObjectHeader.LENGTH, decoder);
            decoder = source;
            try {
                T value = reader.read(null, source);
                if (!source.isEnd()) {
                    throw new AvroRuntimeException("bytes are left over after its end");
                }
                return value;
            } catch (IOException | RuntimeException e) {
                throw new UnreadableRecordException(
                        "damaged or cut-off " + schema.getName() + " of " + bytes.length + " bytes, schema "
                                + SingleObjectHeader.text(fingerprint) + ": " + e,
                        e);
            }
        }
    }
}
