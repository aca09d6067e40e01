package io.millrace.stream.feed;

import io.millrace.stream.event.WireReader;
import io.millrace.stream.event.WireWriter;
import io.millrace.stream.feed.WindowTotals.Counts;
import io.millrace.stream.feed.WindowTotals.Terms;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a task in its store: their totals, the texts of those that are open, when each is due to be closed or
 * forgotten, and how far event time has come. The keys are those of {@link FeedKeys}.
 *
 * <p>Threading: confined to its task; totals may be read by others, see {@link FeedView}.
 */
final class FeedStore {
    private static final byte WIRE_VERSION = 1;
    private static final int SUMS = 4;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<byte[], byte[]> store;

    FeedStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    @Nullable
    WindowTotals totals(WindowKey key) {
        byte[] value = store.get(FeedKeys.totals(key));
        return value == null ? null : totals(key, value);
    }

    static WindowTotals totals(WindowKey key, byte[] value) {
        WireReader in = new WireReader(value);
        int wire = in.nextByte();
        if (wire != WIRE_VERSION) {
            throw new IllegalStateException("a feed's window of wire version " + wire + ", this build reads "
                    + WIRE_VERSION + ": give the pipeline a new name, or take the build that wrote it");
        }
        Terms terms = new Terms(in.nextLong(), in.nextInt(), in.nextInt());
        Counts counts = new Counts(
                in.nextLong(),
                in.nextInt(),
                in.nextInt(),
                in.nextInt(),
                in.nextLong(),
                in.nextByte() != 0,
                in.nextInt(),
                in.nextByte() != 0);
        List<FixedSum> sums = new ArrayList<>(SUMS);
        for (int i = 0; i < SUMS; i++) {
            sums.add(new FixedSum(in.nextLong(), in.nextLong()));
        }
        return new WindowTotals(terms, key.endMillis(), counts, sums);
    }

    void put(WindowKey key, WindowTotals totals) {
        Terms terms = totals.terms();
        Counts counts = totals.counts();
        WireWriter out = new WireWriter(128)
                .putByte(WIRE_VERSION)
                .putLong(terms.halfLifeMillis())
                .putInt(terms.texts())
                .putInt(terms.classes())
                .putLong(counts.volume())
                .putInt(counts.kept())
                .putInt(counts.positive())
                .putInt(counts.negative())
                .putLong(counts.distinct())
                .putByte(counts.sampled() ? 1 : 0)
                .putInt(counts.revision())
                .putByte(counts.closed() ? 1 : 0);
        totals.sums().forEach(sum -> out.putLong(sum.high()).putLong(sum.low()));
        store.put(FeedKeys.totals(key), out.toBytes());
    }

    /** Forgets a window whose texts are forgotten already. */
    void delete(WindowKey key) {
        store.delete(FeedKeys.totals(key));
    }

    void deleteTexts(WindowKey key) {
        keys(FeedKeys.text(key, 0), FeedKeys.text(key, -1)).forEach(store::delete);
    }

    /** The window falls due at this time. */
    void putDue(long dueMillis, WindowKey key) {
        store.put(FeedKeys.due(dueMillis, key), NOTHING);
    }

    /** Takes the windows that have fallen due after one time and by another, the earliest first. */
    List<WindowKey> takeDue(long afterMillis, long byMillis) {
        List<byte[]> due = keys(FeedKeys.due(afterMillis), FeedKeys.due(byMillis + 1));
        due.forEach(store::delete);
        return due.stream().map(FeedKeys::windowOfDue).toList();
    }

    /** How far event time had come at the last commit; {@link Long#MIN_VALUE} before the first. */
    long eventTimeMillis() {
        byte[] value = store.get(FeedKeys.clock());
        return value == null ? Long.MIN_VALUE : new WireReader(value).nextLong();
    }

    void putEventTime(long millis) {
        store.put(FeedKeys.clock(), new WireWriter(Long.BYTES).putLong(millis).toBytes());
    }

    /** The texts of a window. */
    WindowTexts texts(WindowKey key) {
        return new WindowTexts() {
            @Override
            public @Nullable CountedText get(long hash) {
                byte[] value = store.get(FeedKeys.text(key, hash));
                if (value == null) {
                    return null;
                }
                WireReader in = new WireReader(value);
                return new CountedText(in.nextLong(), in.nextString(), in.nextDouble(), in.nextInt());
            }

            @Override
            public void put(long hash, CountedText text) {
                byte[] value = new WireWriter(48)
                        .putLong(text.timeMillis())
                        .putString(text.id())
                        .putDouble(text.signedScore())
                        .putInt(text.label())
                        .toBytes();
                store.put(FeedKeys.text(key, hash), value);
            }

            @Override
            public void remove(long hash) {
                store.delete(FeedKeys.text(key, hash));
            }

            @Override
            public long greatestHash() {
                try (KeyValueIterator<byte[], byte[]> texts =
                        store.reverseRange(FeedKeys.text(key, 0), FeedKeys.text(key, -1))) {
                    return FeedKeys.hash(texts.next().key);
                }
            }
        };
    }

    private List<byte[]> keys(byte[] from, byte[] to) {
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                keys.add(entry.key);
            }
        }
        return keys;
    }
}
