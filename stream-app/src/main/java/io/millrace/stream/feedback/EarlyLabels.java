package io.millrace.stream.feedback;

import io.millrace.stream.event.WireReader;
import io.millrace.stream.event.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Labels that came before their event was scored, at most one per event, and until when each of them waits. Holds the
 * time that its task has seen, too.
 *
 * <p>Threading: confined to its task. Units: milliseconds of event time. Memory: the deadlines, about two hundred
 * bytes for each label that waits; the labels themselves lie in the store.
 */
final class EarlyLabels {
    private static final byte[] TIME = {0};
    private static final byte LABEL = 1;
    private static final byte END = 2;

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeSet<Deadline> deadlines = new TreeSet<>();
    private final Map<Bytes, Deadline> deadlineByEvent = new HashMap<>();

    /**
     * A label that waits.
     *
     * @param deadlineMillis the event time from which the label waits no longer
     * @param receivedAtMillis when it reached the stream, by the clock
     * @param key of its record
     * @param value of its record
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Waiting(long deadlineMillis, long receivedAtMillis, byte @Nullable [] key, byte[] value) {}

    @SuppressWarnings("ArrayRecordComponent") // compared by its own order only
    private record Deadline(long millis, byte[] eventId) implements Comparable<Deadline> {
        private static final Comparator<Deadline> ORDER =
                Comparator.comparingLong(Deadline::millis).thenComparing(Deadline::eventId, Arrays::compare);

        @Override
        public int compareTo(Deadline other) {
            return ORDER.compare(this, other);
        }
    }

    EarlyLabels(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> kept = store.range(new byte[] {LABEL}, new byte[] {END})) {
            while (kept.hasNext()) {
                KeyValue<byte[], byte[]> entry = kept.next();
                byte[] eventId = Arrays.copyOfRange(entry.key, 1, entry.key.length);
                remember(new Deadline(read(entry.value).deadlineMillis(), eventId));
            }
        }
    }

    /** How many wait. */
    int count() {
        return deadlines.size();
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
        forget(eventId);
        byte[] entry = new WireWriter(40 + label.value().length)
                .putLong(label.deadlineMillis())
                .putLong(label.receivedAtMillis())
                .putBytes(label.key())
                .putBytes(label.value())
                .toBytes();
        store.put(key(eventId), entry);
        remember(new Deadline(label.deadlineMillis(), eventId));
    }

    /** The label that waits for an event, null when none does. */
    @Nullable
    Waiting find(byte[] eventId) {
        if (!deadlineByEvent.containsKey(Bytes.wrap(eventId))) {
            return null;
        }
        byte @Nullable [] entry = store.get(key(eventId));
        if (entry == null) {
            throw new IllegalStateException("a label that waits is not in its store");
        }
        return read(entry);
    }

    /** The label that waits for an event, which then waits no more; null when none does. */
    @Nullable
    Waiting take(byte[] eventId) {
        Waiting label = find(eventId);
        if (label != null) {
            store.delete(key(eventId));
            forget(eventId);
        }
        return label;
    }

    private void remember(Deadline deadline) {
        deadlines.add(deadline);
        deadlineByEvent.put(Bytes.wrap(deadline.eventId()), deadline);
    }

    private void forget(byte[] eventId) {
        Deadline deadline = deadlineByEvent.remove(Bytes.wrap(eventId));
        if (deadline != null) {
            deadlines.remove(deadline);
        }
    }

    /** Takes out, in the order of their deadlines, all labels whose deadline has come. */
    void expire(long nowMillis, BiConsumer<byte[], Waiting> each) {
        while (!deadlines.isEmpty() && deadlines.first().millis() <= nowMillis) {
            byte[] eventId = deadlines.first().eventId();
            Waiting label = take(eventId);
            if (label != null) {
                each.accept(eventId, label);
            }
        }
    }

    private static byte[] key(byte[] eventId) {
        return ByteBuffer.allocate(1 + eventId.length).put(LABEL).put(eventId).array();
    }

    private static Waiting read(byte[] entry) {
        WireReader in = new WireReader(entry);
        long deadlineMillis = in.nextLong();
        long receivedAtMillis = in.nextLong();
        byte @Nullable [] key = in.nextBytes();
        byte @Nullable [] value = in.nextBytes();
        return new Waiting(deadlineMillis, receivedAtMillis, key, value == null ? new byte[0] : value);
    }
}
