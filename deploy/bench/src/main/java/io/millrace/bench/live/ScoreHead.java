package io.millrace.bench.live;

import io.millrace.bench.arena.EventIds;
import io.millrace.schemas.SingleObjectHeader;
import io.millrace.schemas.avro.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The first fields of a score, read without the rest: a consumer that keeps up with a stream on the same two cores must
 * not spend on decoding what the stream needs for scoring.
 *
 * <p>Threading: confined to one thread.
 */
final class ScoreHead {
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(Score.getClassSchema());

    /** Characters of an event's id before its number. */
    private static final int EVENT_PREFIX = EventIds.of(0).length() - 1;

    private @Nullable BinaryDecoder decoder;
    private long id;
    private int version;

    /** Reads the head of a score. */
    void read(byte[] bytes) {
        if (!SingleObjectHeader.isPresent(bytes) || SingleObjectHeader.fingerprint(bytes) != FINGERPRINT) {
            throw new IllegalStateException("a record among the scores is none: " + SingleObjectHeader.problem(bytes));
        }
        BinaryDecoder in = DecoderFactory.get()
                .binaryDecoder(bytes, SingleObjectHeader.LENGTH, bytes.length - SingleObjectHeader.LENGTH, decoder);
        decoder = in;
        try {
            String event = in.readString();
            id = Long.parseLong(event, EVENT_PREFIX, event.length(), 10);
            in.readLong(); // event time
            in.skipString(); // model
            version = in.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException("a score is cut off", e);
        }
    }

    /** The number of the event. */
    long id() {
        return id;
    }

    /** The version that scored. */
    int version() {
        return version;
    }
}
