package io.millrace.stream.feedback;

import io.millrace.stream.event.WireReader;
import io.millrace.stream.event.WireWriter;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * What was last said of each event: so that the same label twice counts once, an older one changes nothing, and a
 * correction knows what it corrects.
 *
 * <p>Threading: confined to its task. Lifecycle: entries go with the label horizon.
 */
final class ToldLabels {
    private static final int WIRE_VERSION = 1;

    private final WindowStore<byte[], byte[]> store;

    /**
     * What was said, and who heard of it.
     *
     * @param featuresHeard whether a feature was told that the event is positive: then it must hear of all that follows
     */
    record Told(Said said, boolean featuresHeard) {}

    ToldLabels(WindowStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Leaves a mark in the store, older than any event. */
    void mark() {
        store.put(new byte[0], new byte[] {WIRE_VERSION}, 0);
    }

    void keep(byte[] eventId, long eventTimeMillis, Told told) {
        Said said = told.said();
        byte[] bytes = new WireWriter(24 + said.source().length())
                .putByte(WIRE_VERSION)
                .putLong(said.labelledAtMillis())
                .putByte(said.classIndex())
                .putByte(told.featuresHeard() ? 1 : 0)
                .putDouble(said.weight())
                .putString(said.source())
                .toBytes();
        store.put(eventId, bytes, eventTimeMillis);
    }

    /** What was last said of an event, null when nothing was. */
    @Nullable
    Told find(byte[] eventId, long eventTimeMillis) {
        byte @Nullable [] bytes = store.fetch(eventId, eventTimeMillis);
        if (bytes == null) {
            return null;
        }
        WireReader in = new WireReader(bytes);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException(
                    "a label of wire version " + wire + " in the state, this build reads " + WIRE_VERSION);
        }
        long labelledAtMillis = in.nextLong();
        int classIndex = in.nextByte();
        boolean featuresHeard = in.nextByte() != 0;
        double weight = in.nextDouble();
        return new Told(new Said(labelledAtMillis, classIndex, weight, in.nextString()), featuresHeard);
    }
}
