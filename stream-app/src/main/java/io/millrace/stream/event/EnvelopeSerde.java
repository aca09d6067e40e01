package io.millrace.stream.event;

import io.millrace.schemas.codec.Event;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes on the repartition topics between feature stages.
 *
 * <p>Threading: holds no state; safe for all threads of a topology, which share it. Format: a version byte, then the
 * fields in order, little-endian; a topology never reads another's repartition topics, so it need not evolve.
 */
public final class EnvelopeSerde implements Serde<Envelope> {
    private static final int WIRE_VERSION = 3;

    @Override
    public Serializer<Envelope> serializer() {
        return (topic, envelope) -> write(envelope);
    }

    @Override
    public Deserializer<Envelope> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private static byte[] write(Envelope envelope) {
        Event event = envelope.event();
        WireWriter out = new WireWriter(96 + 8 * (event.numbers().length + envelope.features().length));
        out.putByte(WIRE_VERSION)
                .putInt(envelope.inputPartition())
                .putLong(envelope.inputOffset())
                .putBytes(envelope.originalKey())
                .putString(event.id())
                .putLong(event.timeMillis())
                .putString(event.text())
                .putString(event.segment())
                .putString(event.subject());
        out.putInt(event.keys().length);
        for (String key : event.keys()) {
            out.putString(key);
        }
        putDoubles(out, event.numbers());
        putDoubles(out, envelope.features());
        return out.toBytes();
    }

    private static Envelope read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int version = in.nextByte();
        if (version != WIRE_VERSION) {
            throw new IllegalStateException("an envelope of wire version " + version
                    + ", this build reads " + WIRE_VERSION
                    + ": stop all instances of the pipeline before an upgrade that changes it");
        }
        int partition = in.nextInt();
        long offset = in.nextLong();
        byte @Nullable [] originalKey = in.nextBytes();
        String id = in.nextString();
        long timeMillis = in.nextLong();
        String text = in.nextStringOrNull();
        String segment = in.nextStringOrNull();
        String subject = in.nextStringOrNull();
        String[] keys = new String[in.nextInt()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.nextString();
        }
        double[] numbers = nextDoubles(in);
        double[] features = nextDoubles(in);
        return new Envelope(
                new Event(id, timeMillis, keys, numbers, text, segment, subject),
                features,
                originalKey,
                partition,
                offset);
    }

    private static void putDoubles(WireWriter out, double[] values) {
        out.putInt(values.length);
        for (double value : values) {
            out.putDouble(value);
        }
    }

    private static double[] nextDoubles(WireReader in) {
        double[] values = new double[in.nextInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.nextDouble();
        }
        return values;
    }
}
