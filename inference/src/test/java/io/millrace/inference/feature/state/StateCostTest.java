package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event costs, counted in bytes and look-ups, so that it does not depend on the machine. */
class StateCostTest {
    private static final int IN_LONGEST_WINDOW = 100_000;
    private static final int FEW_IN_LONGEST_WINDOW = 5_000;
    private static final int EVENTS = 130_000;
    private static final int LAST = 5_000;
    private static final long LABEL_DELAY_MILLIS = Duration.ofDays(7).toMillis();
    /** The four edges of the terminal's windows, once in a while a new chunk, and a header, for the event and its label. */
    private static final double MOST_LOOK_UPS = 7;

    private final FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"customer_id", "terminal_id"})
    void doesNotGrowWithWhatTheWindowsHold(String entity) {
        Cost hot = cost(entity, 1);
        Cost warm = cost(entity, IN_LONGEST_WINDOW / 1_000);
        Cost cold = cost(entity, IN_LONGEST_WINDOW / 50);

        assertThat(hot.lookUps).isLessThan(MOST_LOOK_UPS);
        assertThat(hot.lookUps / warm.lookUps).isLessThan(1.1);
        assertThat(hot.bytes / warm.bytes).isLessThan(1.1);
        assertThat(hot.lookUps / cold.lookUps)
                .as("with as few as 50, the edges share chunks")
                .isLessThan(2.5);
        assertThat(hot.bytes / cold.bytes).isLessThan(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"customer_id", "terminal_id"})
    void keepsNoMoreThanTheWindowsSee(String entity) {
        CountingStateBytes store = new CountingStateBytes();
        Player player = new Player(entity, 1, FEW_IN_LONGEST_WINDOW, store);
        player.playTo(2 * FEW_IN_LONGEST_WINDOW);
        long bytesThen = store.inner.bytes();

        player.playTo(6 * FEW_IN_LONGEST_WINDOW);

        assertThat((double) store.inner.bytes() / bytesThen).isLessThan(1.02);
    }

    /** The cost of an event and its label, over the last ones. */
    private Cost cost(String entity, int keys) {
        CountingStateBytes store = new CountingStateBytes();
        Player player = new Player(entity, keys, IN_LONGEST_WINDOW, store);
        player.playTo(EVENTS - LAST);
        long lookUps = store.lookUps;
        long bytes = store.bytes;
        player.playTo(EVENTS);
        return new Cost((store.lookUps - lookUps) / (double) LAST, (store.bytes - bytes) / (double) LAST);
    }

    /** Events at even distances, over a few keys in turn, each labelled a week later. */
    private final class Player {
        private final EntityFeatures features;
        private final boolean labelled;
        private final int keys;
        private final long gapMillis;
        private final double[] row = new double[set.size()];
        private int played;
        private int labels;

        Player(String entity, int keys, int inLongestWindow, StateBytes store) {
            this.features = new EntityFeatures(set, entity, store);
            this.labelled = set.needsLabels(entity);
            this.keys = keys;
            this.gapMillis = Duration.ofDays(30).toMillis() / inLongestWindow;
        }

        void playTo(int end) {
            for (; played < end; played++) {
                long timeMillis = played * gapMillis;
                for (; labelled && labels * gapMillis + LABEL_DELAY_MILLIS <= timeMillis; labels++) {
                    long ofMillis = labels * gapMillis;
                    boolean positive = labels % 100 == 0;
                    features.label(
                            "k" + labels % keys,
                            new EntityLabel("e" + labels, ofMillis, ofMillis + LABEL_DELAY_MILLIS, positive, false));
                }
                features.event("k" + played % keys, "e" + played, timeMillis, new double[] {played % 100}, row);
            }
        }
    }

    private record Cost(double lookUps, double bytes) {}

    private static final class CountingStateBytes implements StateBytes {
        private final HashStateBytes inner = new HashStateBytes();
        private long lookUps;
        private long bytes;

        @Override
        public byte @Nullable [] get(byte[] key) {
            byte[] value = inner.get(key);
            lookUps++;
            bytes += value == null ? 0 : value.length;
            return value;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            bytes += value.length;
            inner.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            inner.delete(key);
        }
    }
}
