package io.millrace.bench;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.EntityFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Question: does an event of a hot key, with 100,000 events in its windows, cost more than one of a cold key? The same
 * events are played through each stage three times, side by side: all of one key, of keys with 1,000 events each in their
 * longest window, and of cold keys with 50. All three keep the same number of events in all; what differs is how many
 * belong to one key.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock.
 */
public final class HotKeyBenchmark {
    public static final int COLD_EVENTS = 50;

    private static final int WARM_EVENTS = 1_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double FILL = 1.5;

    private final FeatureSet set;
    private final int hotEvents;
    private final int rounds;
    private final LongSupplier nanoClock;

    /** @param hotEvents in the longest window of the hot key; a multiple of {@value #COLD_EVENTS}, and more than that */
    public HotKeyBenchmark(FeatureSet set, int hotEvents, int rounds, LongSupplier nanoClock) {
        if (hotEvents <= COLD_EVENTS || hotEvents % COLD_EVENTS != 0) {
            throw new IllegalArgumentException("the hot key's events must be a multiple of " + COLD_EVENTS
                    + " and more than that, were " + hotEvents);
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("there must be at least 1 round, were " + rounds);
        }
        this.set = set;
        this.hotEvents = hotEvents;
        this.rounds = rounds;
        this.nanoClock = nanoClock;
    }

    /** How many steps {@link #run} tells of. */
    public long steps() {
        return set.entities().size() * (1L + WARM_UP_ROUNDS + rounds);
    }

    /** How many events each load plays in a round. */
    public int eventsPerRound() {
        return Math.max(1, hotEvents / 4);
    }

    public int rounds() {
        return rounds;
    }

    /**
     * Measures all stages; the hot key's line comes first, that of the cold keys last.
     *
     * @param progress told how many steps are done
     */
    public List<HotKeyLine> run(LongConsumer progress) {
        List<HotKeyLine> lines = new ArrayList<>();
        long done = 0;
        for (String entity : set.entities()) {
            Stage stage = new Stage(entity);
            stage.fill();
            progress.accept(++done);
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                stage.play(round);
                progress.accept(++done);
            }
            lines.addAll(stage.lines());
        }
        return lines;
    }

    private int[] keys() {
        return IntStream.of(1, hotEvents / WARM_EVENTS, hotEvents / COLD_EVENTS)
                .filter(keys -> keys > 0)
                .distinct()
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The loads of one stage, side by side. */
    private final class Stage {
        private final String entity;
        private final int[] keys = keys();
        private final StageLoad[] loads = new StageLoad[keys.length];
        private final double[][] nanos = new double[keys.length][rounds];
        private final long[] lookUps = new long[keys.length];
        private final long[] bytesWritten = new long[keys.length];
        private final long[] bytesKept = new long[keys.length];
        private final int reached;
        private final int filled;

        Stage(String entity) {
            this.entity = entity;
            Duration reach = StageLoad.reach(set, entity);
            double gapMillis = (double) StageLoad.longestWindow(set, entity).toMillis() / hotEvents;
            this.reached = (int) (reach.toMillis() / gapMillis);
            // State goes by whole chunks: when the windows are just full, nothing has gone yet.
            Duration kept = reach.plus(EntityFeatures.DEFAULT_LATENESS);
            this.filled = (int) (FILL * kept.toMillis() / gapMillis);
            Arrays.setAll(loads, i -> new StageLoad(set, entity, keys[i], gapMillis));
        }

        void fill() {
            for (int i = 0; i < loads.length; i++) {
                loads[i].play(loads[i].prepare(filled));
                bytesKept[i] = loads[i].store().bytesKept();
            }
        }

        /** Plays a round of each load, each time another one first; rounds below zero warm up. */
        void play(int round) {
            for (int turn = 0; turn < loads.length; turn++) {
                int i = Math.floorMod(round + turn, loads.length);
                CountingStateBytes store = loads[i].store();
                List<StageLoad.Step> prepared = loads[i].prepare(eventsPerRound());
                long lookUpsBefore = store.lookUps();
                long bytesBefore = store.bytesWritten();
                long startNanos = nanoClock.getAsLong();
                loads[i].play(prepared);
                long endNanos = nanoClock.getAsLong();
                if (round >= 0) {
                    nanos[i][round] = (double) (endNanos - startNanos) / eventsPerRound();
                    lookUps[i] += store.lookUps() - lookUpsBefore;
                    bytesWritten[i] += store.bytesWritten() - bytesBefore;
                }
            }
        }

        List<HotKeyLine> lines() {
            return IntStream.range(0, loads.length).mapToObj(this::line).toList();
        }

        private HotKeyLine line(int i) {
            double[] ratios = new double[rounds];
            Arrays.setAll(ratios, round -> nanos[i][round] / nanos[loads.length - 1][round]);
            double events = (double) rounds * eventsPerRound();
            return new HotKeyLine(
                    entity,
                    keys[i],
                    hotEvents / keys[i],
                    median(nanos[i]),
                    median(ratios),
                    lookUps[i] / events,
                    bytesWritten[i] / events,
                    (double) bytesKept[i] / reached,
                    (double) loads[i].store().bytesKept() / reached,
                    (double) loads[i].played() / filled);
        }
    }
}
