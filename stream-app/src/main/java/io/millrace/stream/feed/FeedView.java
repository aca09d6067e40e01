package io.millrace.stream.feed;

import io.millrace.schemas.avro.FeedPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the running stream knows of its feed: the windows of the subjects whose partitions this process has, as of the
 * last commit, for as long as the configuration keeps them. Who wants all subjects of all processes, or a longer past,
 * reads the feed's topic.
 *
 * <p>Threading: safe for all threads. Errors: {@link org.apache.kafka.streams.errors.InvalidStateStoreException} while
 * the stream is not running or its partitions move; ask again then.
 */
public final class FeedView {
    private static final byte[] FIRST = {FeedKeys.TOTALS};
    private static final byte[] LAST = {FeedKeys.TOTALS + 1};

    private final Supplier<ReadOnlyKeyValueStore<byte[], byte[]>> store;
    private final String model;

    /** Which series of a subject a point belongs to. */
    private record Series(long lengthMillis, int version) {}

    /**
     * Reads from the store of a feed.
     *
     * @param store asked for anew each time
     * @param model whose scores they are
     */
    public FeedView(Supplier<ReadOnlyKeyValueStore<byte[], byte[]>> store, String model) {
        this.store = store;
        this.model = model;
    }

    /** The subjects of which a window is kept; looks at every window. */
    public SortedSet<String> subjects() {
        SortedSet<String> subjects = new TreeSet<>();
        each(FIRST, LAST, (key, totals) -> subjects.add(key.subject()));
        return subjects;
    }

    /** The newest point of a subject for each length of window and version, the shortest window first. */
    public List<FeedPoint> latest(String subject) {
        Map<Series, FeedPoint> latest =
                new TreeMap<>(Comparator.comparingLong(Series::lengthMillis).thenComparing(Series::version));
        // Within a series, windows come in the order of their start.
        each(
                FeedKeys.beforeWindows(subject, 0),
                FeedKeys.beforeWindows(subject, Long.MAX_VALUE),
                (key, totals) ->
                        latest.put(new Series(key.lengthMillis(), key.version()), FeedPoints.of(key, totals, model)));
        return List.copyOf(latest.values());
    }

    /**
     * The points of a subject whose windows have this length and start in {@code [from, to)}, by version, then by time.
     */
    public List<FeedPoint> series(String subject, Duration window, Instant from, Instant to) {
        List<FeedPoint> points = new ArrayList<>();
        long lengthMillis = window.toMillis();
        each(
                FeedKeys.beforeWindows(subject, lengthMillis),
                FeedKeys.beforeWindows(subject, lengthMillis + 1),
                (key, totals) -> {
                    Instant start = Instant.ofEpochMilli(key.startMillis());
                    if (!start.isBefore(from) && start.isBefore(to)) {
                        points.add(FeedPoints.of(key, totals, model));
                    }
                });
        return List.copyOf(points);
    }

    private void each(byte[] from, byte[] to, BiConsumer<WindowKey, WindowTotals> action) {
        try (KeyValueIterator<byte[], byte[]> entries = store.get().range(from, to)) {
            while (entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                WindowKey key = FeedKeys.window(entry.key);
                action.accept(key, FeedStore.totals(key, entry.value));
            }
        }
    }
}
