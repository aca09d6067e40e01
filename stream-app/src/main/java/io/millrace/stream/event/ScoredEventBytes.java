package io.millrace.stream.event;

/**
 * A scored event as it travels to the label join and waits there: most are never asked for more than their time, so
 * nothing else is read before it is needed. Kept small, since millions wait.
 *
 * <p>Threading: immutable as long as nobody writes into the bytes, which are not copied.
 */
@SuppressWarnings("ArrayRecordComponent") // one per event: not copied, never compared
public record ScoredEventBytes(byte[] bytes) {
    private static final int WIRE_VERSION = 2;
    /** The same, and then the text. */
    private static final int WIRE_VERSION_OF_TEXTS = 3;

    /** The bytes of a scored event. */
    public static ScoredEventBytes of(ScoredEvent event) {
        float[] features = event.features();
        String text = event.text();
        WireWriter out = new WireWriter(96 + 4 * features.length + (text == null ? 0 : text.length()));
        out.putByte(text == null ? WIRE_VERSION : WIRE_VERSION_OF_TEXTS)
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
        if (text != null) {
            out.putString(text);
        }
        return new ScoredEventBytes(out.toBytes());
    }

    /** The scored event of these bytes. */
    public ScoredEvent event() {
        WireReader in = reader();
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
        String text = bytes[0] == WIRE_VERSION_OF_TEXTS ? in.nextString() : null;
        return new ScoredEvent(
                id, timeMillis, keys, features, score, threshold, decidedPositive, version, segment, text);
    }

    /** Event time, without reading the rest. */
    public long timeMillis() {
        WireReader in = reader();
        in.skipString();
        return in.nextLong();
    }

    private WireReader reader() {
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION && wire != WIRE_VERSION_OF_TEXTS) {
            throw new IllegalStateException("a scored event of wire version " + wire + ", this build reads "
                    + WIRE_VERSION + " and " + WIRE_VERSION_OF_TEXTS);
        }
        return in;
    }
}
