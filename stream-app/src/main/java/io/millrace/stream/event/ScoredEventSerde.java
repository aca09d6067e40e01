package io.millrace.stream.event;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Scored events on their way to the label join, and within its store; kept small, since millions wait there.
 *
 * <p>Threading: holds no state; safe for all threads of a topology.
 */
public final class ScoredEventSerde implements Serde<ScoredEvent> {
    private static final int WIRE_VERSION = 2;

    @Override
    public Serializer<ScoredEvent> serializer() {
        return (topic, event) -> write(event);
    }

    @Override
    public Deserializer<ScoredEvent> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    /** The bytes of a scored event. */
    public static byte[] write(ScoredEvent event) {
        float[] features = event.features();
        WireWriter out = new WireWriter(96 + 4 * features.length);
        out.putByte(WIRE_VERSION)
                .putString(event.eventId())
                .putLong(event.timeMillis())
                .putInt(event.version())
                .putFloat(event.score())
                .putDouble(event.threshold())
                .putByte(event.decidedPositive() ? 1 : 0)
                .putString(event.segment());
        out.putByte(event.entityKeys().length);
        for (String key : event.entityKeys()) {
            out.putString(key);
        }
        out.putInt(features.length);
        for (float feature : features) {
            out.putFloat(feature);
        }
        return out.toBytes();
    }

    /** The scored event of these bytes. */
    public static ScoredEvent read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException(
                    "a scored event of wire version " + wire + ", this build reads " + WIRE_VERSION);
        }
        String id = in.nextString();
        long timeMillis = in.nextLong();
        int version = in.nextInt();
        float score = in.nextFloat();
        double threshold = in.nextDouble();
        boolean decidedPositive = in.nextByte() != 0;
        String segment = in.nextStringOrNull();
        String[] keys = new String[in.nextByte()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.nextString();
        }
        float[] features = new float[in.nextInt()];
        for (int i = 0; i < features.length; i++) {
            features[i] = in.nextFloat();
        }
        return new ScoredEvent(id, timeMillis, keys, features, score, threshold, decidedPositive, version, segment);
    }
}
