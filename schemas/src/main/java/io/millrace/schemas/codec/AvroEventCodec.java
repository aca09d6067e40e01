package io.millrace.schemas.codec;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObjectHeader;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads events from Avro records in single-object encoding, of any writer's schema that the store knows: one pass over
 * the bytes, in which only the wanted fields become values.
 *
 * <p>Threading: safe.
 */
public final class AvroEventCodec implements EventCodec {
    private final FieldMapping mapping;
    private final EventShape shape;
    private final SchemaStore writers;
    private final EventTime eventTime;
    private final PathNode root;
    private final Map<Long, AvroStep> planByFingerprint = new ConcurrentHashMap<>();

    public AvroEventCodec(FieldMapping mapping, EventShape shape, SchemaStore writers) {
        this.mapping = mapping;
        this.shape = shape;
        this.writers = writers;
        this.eventTime = new EventTime(mapping.timePattern());
        this.root = PathNode.of(mapping, shape);
    }

    @Override
    public Event decode(byte[] value) throws MalformedEventException {
        if (!SingleObjectHeader.isPresent(value)) {
            throw notAvro(value, SingleObjectHeader.problem(value));
        }
        AvroStep plan = plan(SingleObjectHeader.fingerprint(value));
        EventDraft draft = new EventDraft(mapping, shape, eventTime);
        BinaryDecoder in = DecoderFactory.get()
                .binaryDecoder(value, SingleObjectHeader.LENGTH, value.length - SingleObjectHeader.LENGTH, null);
        readWhole(plan, in, draft, value);
        return draft.toEvent();
    }

    private static void readWhole(AvroStep plan, BinaryDecoder in, EventDraft draft, byte[] value)
            throws MalformedEventException {
        try {
            plan.read(in, draft);
            if (!in.isEnd()) {
                throw notAvro(value, "bytes are left over after the record's end");
            }
        } catch (IOException | RuntimeException e) {
            throw notAvro(value, "cut off or damaged: " + e.getMessage());
        } catch (StackOverflowError e) {
            // A recursive schema lets a few thousand bytes ask for as many levels.
            throw notAvro(value, "nested too deeply");
        }
    }

    private AvroStep plan(long fingerprint) throws MalformedEventException {
        AvroStep plan = planByFingerprint.get(fingerprint);
        if (plan != null) {
            return plan;
        }
        Schema writer = writers.find(fingerprint);
        if (writer == null) {
            throw new MalformedEventException(
                    MalformedReason.UNKNOWN_SCHEMA,
                    "written with schema " + SingleObjectHeader.text(fingerprint)
                            + ", which is not known here: give the writer's .avsc file to the pipeline");
        }
        AvroStep built = AvroPlan.of(writer, root);
        planByFingerprint.put(fingerprint, built);
        return built;
    }

    private static MalformedEventException notAvro(byte[] value, String problem) {
        return new MalformedEventException(
                MalformedReason.NOT_AVRO, "no Avro record (" + value.length + " bytes): " + problem);
    }
}
