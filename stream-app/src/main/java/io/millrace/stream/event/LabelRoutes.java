package io.millrace.stream.event;

import io.millrace.inference.feature.state.EntityLabel;

/**
 * The bytes of label routes on a pipeline's label-routes topic.
 *
 * <p>Threading: holds no state.
 */
public final class LabelRoutes {
    private static final int WIRE_VERSION = 1;
    private static final int POSITIVE = 1;
    private static final int RETRACTED = 2;

    private LabelRoutes() {}

    /** The bytes of a route. */
    public static byte[] write(LabelRoute route) {
        EntityLabel label = route.label();
        return new WireWriter(64)
                .putByte(WIRE_VERSION)
                .putString(route.entity())
                .putString(route.key())
                .putString(label.eventId())
                .putLong(label.eventTimeMillis())
                .putLong(label.labelledAtMillis())
                .putByte((label.positive() ? POSITIVE : 0) | (label.retracted() ? RETRACTED : 0))
                .toBytes();
    }

    /** The route of these bytes. */
    public static LabelRoute read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException(
                    "a label route of wire version " + wire + ", this build reads " + WIRE_VERSION);
        }
        String entity = in.nextString();
        String key = in.nextString();
        String eventId = in.nextString();
        long eventTimeMillis = in.nextLong();
        long labelledAtMillis = in.nextLong();
        int flags = in.nextByte();
        EntityLabel label = new EntityLabel(
                eventId, eventTimeMillis, labelledAtMillis, (flags & POSITIVE) != 0, (flags & RETRACTED) != 0);
        return new LabelRoute(entity, key, label);
    }
}
