package io.millrace.stream.feedback;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Labels that came before their event was scored, at most one per event: the latest.
 *
 * <p>Threading: confined to its task.
 */
final class EarlyLabels {
    /** No event has an empty id. */
    private static final byte[] MARK = new byte[0];

    private final SingleObject<Label> codec = SingleObject.of(Label.class, SchemaStore.ofOwn());
    private final KeyValueStore<byte[], byte[]> store;

    EarlyLabels(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Leaves a mark in the store, and answers whether there was none. */
    boolean mark() {
        if (store.get(MARK) != null) {
            return false;
        }
        store.put(MARK, MARK);
        return true;
    }

    void keep(byte[] eventId, Label label) {
        store.put(eventId, codec.encode(label));
    }

    /** The label that waits for an event, which then waits no more. */
    @Nullable
    Label take(byte[] eventId) {
        byte @Nullable [] waiting = store.get(eventId);
        if (waiting == null) {
            return null;
        }
        store.delete(eventId);
        return codec.decode(waiting);
    }
}
