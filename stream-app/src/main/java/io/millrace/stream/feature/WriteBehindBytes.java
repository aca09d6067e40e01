package io.millrace.stream.feature;

import io.millrace.inference.feature.state.StateBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Feature state in a Kafka Streams store, written before each commit: however often a key changes in between, the store
 * and its changelog see it once. What was read or written lately is found by hash.
 *
 * <p>Kafka Streams' own cache does the same, but finds its entries by comparing keys in a sorted tree, which took more
 * time than the features themselves.
 *
 * <p>Threading: confined to the task that owns the store. Lifecycle: {@link #flush} before each commit; what a crash
 * finds unflushed is rolled back with the offsets. Arrays are kept as they are given, not copied.
 */
final class WriteBehindBytes implements StateBytes {
    /** Marks a deleted key. */
    private static final byte[] DELETED = new byte[0];

    private static final int LARGEST_UNWRITTEN = 100_000;
    private static final int ENTRY_OVERHEAD_BYTES = 120;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long cacheBytes;
    private final Map<Bytes, byte[]> unwritten = new LinkedHashMap<>();
    private final LinkedHashMap<Bytes, byte[]> clean = new LinkedHashMap<>(1024, 0.75f, true);
    private long cleanBytes;

    WriteBehindBytes(KeyValueStore<Bytes, byte[]> store, long cacheBytes) {
        this.store = store;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        Bytes wrapped = Bytes.wrap(key);
        byte[] value = unwritten.get(wrapped);
        if (value != null) {
            return value == DELETED ? null : value;
        }
        value = clean.get(wrapped);
        if (value == null) {
            value = store.get(wrapped);
            if (value != null) {
                remember(wrapped, value);
            }
        }
        return value;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        change(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        change(Bytes.wrap(key), DELETED);
    }

    private void change(Bytes key, byte[] value) {
        unwritten.put(key, value);
        byte[] older = clean.remove(key);
        if (older != null) {
            cleanBytes -= size(key, older);
        }
        if (unwritten.size() > LARGEST_UNWRITTEN) {
            flush();
        }
    }

    /** Writes what has changed, in the order of the first change, as one write: RocksDB takes a batch for less. */
    void flush() {
        if (unwritten.isEmpty()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> changes = new ArrayList<>(unwritten.size());
        unwritten.forEach((key, value) -> {
            if (value == DELETED) {
                changes.add(KeyValue.pair(key, null));
            } else {
                changes.add(KeyValue.pair(key, value));
                remember(key, value);
            }
        });
        store.putAll(changes);
        unwritten.clear();
    }

    private void remember(Bytes key, byte[] value) {
        clean.put(key, value);
        cleanBytes += size(key, value);
        var oldest = clean.entrySet().iterator();
        while (cleanBytes > cacheBytes && oldest.hasNext()) {
            Map.Entry<Bytes, byte[]> gone = oldest.next();
            cleanBytes -= size(gone.getKey(), gone.getValue());
            oldest.remove();
        }
    }

    private static long size(Bytes key, byte[] value) {
        return (long) key.get().length + value.length + ENTRY_OVERHEAD_BYTES;
    }
}
