package io.millrace.stream.feedback;

import io.millrace.stream.event.WireReader;
import io.millrace.stream.event.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Labels that came before their event was scored, at most one per event, and until when each of them waits. Holds the
 * time that its task has seen, too.
 *
 * <p>Threading: confined to its task. Units: milliseconds of event time. Lifecycle: what is due must be taken out with
 * {@link #expire}, which costs nothing while nothing is.
 */
final class EarlyLabels {
    private static final byte[] TIME = {0};
    private static final byte ENTRY = 1;
    private static final byte DEADLINE = 2;
    private static final byte END = 3;
    private static final int DEADLINE_BYTES = 1 + Long.BYTES;

    private final KeyValueStore<byte[], byte[]> store;
    private long count;
    private long nextDeadlineMillis = Long.MAX_VALUE;
    private long expiredUntilMillis = Long.MIN_VALUE;

    /**
     * A label that waits.
     *
     * @param deadlineMillis the event time of which the label waits no longer
     * @param receivedAtMillis when it reached the stream, by the clock
     * @param key of its record
     * @param value of its record
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Waiting(long deadlineMillis, long receivedAtMillis, byte @Nullable [] key, byte[] value) {}

    EarlyLabels(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = deadlines()) {
            while (all.hasNext()) {
                nextDeadlineMillis = Math.min(nextDeadlineMillis, deadlineOf(all.next().key));
                count++;
            }
        }
    }

    /** How many wait. */
    long count() {
        return count;
    }

    /** The event time that the task had seen when it last committed; null before its first commit. */
    @Nullable
    Long seenMillis() {
        byte @Nullable [] bytes = store.get(TIME);
        return bytes == null ? null : ByteBuffer.wrap(bytes).getLong();
    }

    void keepSeenMillis(long millis) {
        store.put(TIME, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    /** Lets a label wait, in place of the one that may have waited before. */
    void keep(byte[] eventId, Waiting label) {
        Waiting unused = take(eventId);
        byte[] entry = new WireWriter(40 + label.value().length)
                .putLong(label.deadlineMillis())
                .putLong(label.receivedAtMillis())
                .putBytes(label.key())
                .putBytes(label.value())
                .toBytes();
        store.put(entryKey(eventId), entry);
        store.put(deadlineKey(label.deadlineMillis(), eventId), new byte[0]);
        nextDeadlineMillis = Math.min(nextDeadlineMillis, label.deadlineMillis());
        count++;
    }

    /** The label that waits for an event, null when none does. */
    @Nullable
    Waiting find(byte[] eventId) {
        byte @Nullable [] entry = count == 0 ? null : store.get(entryKey(eventId));
        if (entry == null) {
            return null;
        }
        WireReader in = new WireReader(entry);
        long deadlineMillis = in.nextLong();
        long receivedAtMillis = in.nextLong();
        byte @Nullable [] key = in.nextBytes();
        byte @Nullable [] value = in.nextBytes();
        return new Waiting(deadlineMillis, receivedAtMillis, key, value == null ? new byte[0] : value);
    }

    /** The label that waits for an event, which then waits no more; null when none does. */
    @Nullable
    Waiting take(byte[] eventId) {
        Waiting label = find(eventId);
        if (label != null) {
            store.delete(entryKey(eventId));
            store.delete(deadlineKey(label.deadlineMillis(), eventId));
            count--;
        }
        return label;
    }

    /** Takes out, in the order of their deadlines, all labels whose deadline has come. */
    void expire(long nowMillis, BiConsumer<byte[], Waiting> each) {
        if (nextDeadlineMillis > nowMillis) {
            return;
        }
        List<byte[]> due = new ArrayList<>();
        nextDeadlineMillis = Long.MAX_VALUE;
        try (KeyValueIterator<byte[], byte[]> inOrder = deadlines()) {
            while (inOrder.hasNext() && nextDeadlineMillis == Long.MAX_VALUE) {
                byte[] key = inOrder.next().key;
                if (deadlineOf(key) > nowMillis) {
                    nextDeadlineMillis = deadlineOf(key);
                } else {
                    due.add(Arrays.copyOfRange(key, DEADLINE_BYTES, key.length));
                }
            }
        }
        for (byte[] eventId : due) {
            Waiting label = take(eventId);
            if (label != null) {
                each.accept(eventId, label);
            }
        }
        expiredUntilMillis = nowMillis;
    }

    /** Deadlines to come: those before are deleted, but would still have to be stepped over. */
    private KeyValueIterator<byte[], byte[]> deadlines() {
        return store.range(deadlineKey(expiredUntilMillis, new byte[0]), new byte[] {END});
    }

    private static byte[] entryKey(byte[] eventId) {
        return ByteBuffer.allocate(1 + eventId.length).put(ENTRY).put(eventId).array();
    }

    /** Sorts by deadline: the store compares bytes without a sign. */
    private static byte[] deadlineKey(long deadlineMillis, byte[] eventId) {
        return ByteBuffer.allocate(DEADLINE_BYTES + eventId.length)
                .put(DEADLINE)
                .putLong(deadlineMillis ^ Long.MIN_VALUE)
                .put(eventId)
                .array();
    }

    private static long deadlineOf(byte[] deadlineKey) {
        return ByteBuffer.wrap(deadlineKey).getLong(1) ^ Long.MIN_VALUE;
    }
}
