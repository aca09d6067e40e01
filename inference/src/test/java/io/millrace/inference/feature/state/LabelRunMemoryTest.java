package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.inference.feature.LabelRunMeasure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run outlives the events that it is made of. */
class LabelRunMemoryTest {
    private static final Duration DELAY = Duration.ofDays(1);
    private static final Duration HORIZON = Duration.ofDays(3);
    private static final Duration LATENESS = Duration.ofHours(1);
    private static final int EVENTS = 1_000;
    private static final int MOST_STORE_KEYS = 12;

    private final FeatureSet set = new FeatureSet(
            "runs",
            "UTC",
            List.of(
                    run("length", LabelRunMeasure.LENGTH, Duration.ZERO),
                    run("age", LabelRunMeasure.AGE_DAYS, DELAY),
                    run("gap", LabelRunMeasure.GAP_DAYS, Duration.ZERO)));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void remembersARunWhoseEventsAreGone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HashStateBytes store = new HashStateBytes();
        EntityFeatures engine = new EntityFeatures(set, "shop", store, LATENESS, 4);
        ReferenceFeatures reference = new ReferenceFeatures(set, "shop", LATENESS);
        Queue<EntityLabel> undelivered = new ArrayDeque<>();
        boolean positive = false;
        double longestAge = 0;
        long nowMillis = 0;
        for (int i = 0; i < EVENTS; i++) {
            nowMillis += random.nextInt((int) Duration.ofHours(6).toMillis());
            positive = random.nextInt(60) == 0 ? !positive : positive;
            while (!undelivered.isEmpty() && undelivered.element().labelledAtMillis() <= nowMillis) {
                engine.label("s", undelivered.element());
                reference.label("s", undelivered.remove());
            }
            long labelledMillis = nowMillis + DELAY.toMillis();
            undelivered.add(new EntityLabel("e" + i, nowMillis, labelledMillis, positive, false));
            double[] expected = new double[set.size()];
            double[] actual = new double[set.size()];

            reference.event("s", "e" + i, nowMillis, new double[0], expected);
            engine.event("s", "e" + i, nowMillis, new double[0], actual);

            assertThat(actual).as("event %d", i).isEqualTo(expected);
            longestAge = Math.max(longestAge, actual[1]);
        }
        assertThat(longestAge).isGreaterThan(2.0 * HORIZON.toDays());
        assertThat(store.size()).isLessThan(MOST_STORE_KEYS);
    }

    private static LabelRunFeature run(String name, LabelRunMeasure measure, Duration delay) {
        return new LabelRunFeature(name, "shop", measure, delay, HORIZON, null);
    }
}
