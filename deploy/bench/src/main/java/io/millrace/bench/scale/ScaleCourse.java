package io.millrace.bench.scale;

import io.millrace.bench.arena.FraudLoad;
import io.millrace.bench.arena.KeyedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * One point of a curve: what is played, and over what.
 *
 * @param curve which curve it is on
 * @param threads of the stream
 * @param keys customers, and as many terminals; 0 where the simulated world has its own
 * @param eventsPerKey that lie in the longest window; 0 where the simulated world says
 * @param filling events that are played before any is counted
 * @param counted events after these
 * @param events makes them anew
 */
record ScaleCourse(
        Curve curve,
        int partitions,
        int threads,
        long keys,
        long eventsPerKey,
        long filling,
        long counted,
        Supplier<Iterator<KeyedRecord>> events) {

    /** What grows along it. */
    enum Curve {
        PARTITIONS,
        KEYS,
        HISTORY
    }

    private static final long SEED = 1;
    /** The longest window of the shipped model's features. */
    private static final double WINDOW_MILLIS = Duration.ofDays(14).toMillis();

    private static final int FILLING_SHARE = 10;

    /** Partitions and threads, no more threads than partitions, over the simulated world; the first is the smallest. */
    static List<ScaleCourse> partitions(List<Integer> counts, long records) {
        List<ScaleCourse> courses = new ArrayList<>();
        for (int partitions : counts) {
            for (int threads : counts) {
                if (threads <= partitions) {
                    courses.add(new ScaleCourse(
                            Curve.PARTITIONS,
                            partitions,
                            threads,
                            0,
                            0,
                            records / FILLING_SHARE,
                            records,
                            () -> FraudLoad.standard(SEED).records()));
                }
            }
        }
        return courses;
    }

    /** More and more keys, of each of which a window holds one event: as much history, more keys. */
    static List<ScaleCourse> keys(List<Long> counts, long records) {
        return counts.stream()
                .map(keys -> of(Curve.KEYS, keys, 1, keys, records))
                .toList();
    }

    /** More and more events of a key in a window that holds as many in all: longer history, fewer keys. */
    static List<ScaleCourse> history(List<Long> eventsPerKey, long records) {
        long all = 2 * eventsPerKey.stream().mapToLong(Long::longValue).max().orElse(1);
        return eventsPerKey.stream()
                .map(events -> of(Curve.HISTORY, all / events, events, all, records))
                .toList();
    }

    private static ScaleCourse of(Curve curve, long keys, long eventsPerKey, long filling, long records) {
        double gapMillis = WINDOW_MILLIS / (keys * eventsPerKey);
        if (gapMillis * (filling + records) > KeyedTransactions.MOST_MILLIS) {
            throw new IllegalArgumentException("with " + keys + " keys of " + eventsPerKey + " events in two weeks, "
                    + records + " events take more than 50 years: take more keys, or fewer records");
        }
        return new ScaleCourse(
                curve, 1, 1, keys, eventsPerKey, filling, records, () -> new KeyedTransactions(keys, gapMillis));
    }

    long records() {
        return filling + counted;
    }

    /** Where its events lie: points that differ in threads only play the same. */
    String topic() {
        return "scale-" + (curve == Curve.PARTITIONS ? "partitions-" + partitions : name());
    }

    /** In words that may name topics. */
    String name() {
        return switch (curve) {
            case PARTITIONS -> "partitions-" + partitions + "-threads-" + threads;
            case KEYS -> "keys-" + keys;
            case HISTORY -> "history-" + eventsPerKey;
        };
    }
}
