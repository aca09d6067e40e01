package io.millrace.stream.feedback;

import org.apache.kafka.streams.state.WindowStore;

/**
 * The events that features were told to be positive, so that a later label that says otherwise reaches them too, while
 * the many labels that never were anything but negative need not.
 *
 * <p>Threading: confined to its task. Lifecycle: entries go with the label horizon.
 */
final class ToldPositives {
    private static final byte[] TOLD = {1};

    private final WindowStore<byte[], byte[]> store;

    ToldPositives(WindowStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Leaves a mark in the store, older than any event. */
    void mark() {
        store.put(new byte[0], TOLD, 0);
    }

    void add(byte[] eventId, long eventTimeMillis) {
        store.put(eventId, TOLD, eventTimeMillis);
    }

    boolean contains(byte[] eventId, long eventTimeMillis) {
        return store.fetch(eventId, eventTimeMillis) != null;
    }
}
