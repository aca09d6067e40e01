package io.millrace.stream.metrics;

import io.millrace.stream.event.WireReader;
import io.millrace.stream.event.WireWriter;
import io.millrace.stream.metrics.MetricGroup.Totals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Metric groups in a Kafka Streams store: one entry for the totals of a group, and one for each distinct score.
 *
 * <p>Threading: confined to its task.
 */
final class MetricStore {
    /** Shorter than any other key. */
    private static final byte[] MARK = {0};

    private static final byte TOTALS = 0;
    private static final byte SCORE = 1;
    private static final byte END = 2;
    private static final int GROUP_BYTES = Integer.BYTES + Long.BYTES;
    private static final int TOTALS_KEY_BYTES = GROUP_BYTES + 1;

    private final KeyValueStore<byte[], byte[]> store;

    MetricStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** A store that was never written would be restored from scratch at each start. */
    void mark() {
        if (store.get(MARK) == null) {
            store.put(MARK, new byte[0]);
        }
    }

    /** All groups that are kept. */
    SortedMap<GroupKey, MetricGroup> load() {
        SortedMap<GroupKey, MetricGroup> groups = new TreeMap<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                if (entry.key.length >= TOTALS_KEY_BYTES) {
                    load(groups, ByteBuffer.wrap(entry.key), new WireReader(entry.value));
                }
            }
        }
        return groups;
    }

    private static void load(Map<GroupKey, MetricGroup> groups, ByteBuffer key, WireReader value) {
        MetricGroup group =
                groups.computeIfAbsent(new GroupKey(key.getInt(), key.getLong()), absent -> new MetricGroup());
        if (key.get() == TOTALS) {
            group.restore(new Totals(
                    value.nextLong(),
                    value.nextLong(),
                    value.nextLong(),
                    value.nextLong(),
                    value.nextLong(),
                    value.nextLong(),
                    value.nextDouble()));
        } else {
            group.restore(Float.intBitsToFloat(key.getInt()), value.nextInt(), value.nextInt());
        }
    }

    /** Writes what has changed in a group. */
    void keep(GroupKey key, MetricGroup group) {
        for (float score : group.takeChangedScores()) {
            int positives = group.positives(score);
            int negatives = group.negatives(score);
            if (positives + negatives == 0) {
                store.delete(scoreKey(key, score));
            } else {
                store.put(
                        scoreKey(key, score),
                        new WireWriter(2 * Integer.BYTES)
                                .putInt(positives)
                                .putInt(negatives)
                                .toBytes());
            }
        }
        Totals totals = group.totals();
        store.put(
                prefix(key, TOTALS),
                new WireWriter(7 * Long.BYTES)
                        .putLong(totals.truePositives())
                        .putLong(totals.falsePositives())
                        .putLong(totals.trueNegatives())
                        .putLong(totals.falseNegatives())
                        .putLong(totals.delayMillis())
                        .putLong(totals.newestEventMillis())
                        .putDouble(totals.threshold())
                        .toBytes());
    }

    void delete(GroupKey key) {
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> entries = store.range(prefix(key, TOTALS), prefix(key, END))) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
    }

    private static byte[] scoreKey(GroupKey key, float score) {
        return ByteBuffer.allocate(TOTALS_KEY_BYTES + Float.BYTES)
                .put(prefix(key, SCORE))
                .putInt(Float.floatToIntBits(score))
                .array();
    }

    private static byte[] prefix(GroupKey key, byte kind) {
        return ByteBuffer.allocate(TOTALS_KEY_BYTES)
                .putInt(key.version())
                .putLong(key.startMillis())
                .put(kind)
                .array();
    }
}
