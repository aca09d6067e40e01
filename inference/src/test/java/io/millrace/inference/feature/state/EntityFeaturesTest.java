package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityFeaturesTest {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int SHARE = 2;

    private final FeatureSet set = new FeatureSet(
            "set",
            "UTC",
            List.of(
                    new WindowFeature("n", "card", Aggregate.COUNT, null, Duration.ofMillis(10), Duration.ZERO),
                    new WindowFeature("sum", "card", Aggregate.SUM, "amount", Duration.ofMillis(10), Duration.ZERO),
                    new WindowFeature(
                            "share",
                            "card",
                            Aggregate.POSITIVE_SHARE,
                            null,
                            Duration.ofMillis(10),
                            Duration.ofMillis(5))));
    private final HashStateBytes store = new HashStateBytes();
    private final EntityFeatures features = new EntityFeatures(set, "card", store, Duration.ofMillis(20));

    @Test
    void leavesOutTheLeftEndOfAWindowAndTakesInTheRight() {
        event("a", 0, 1);

        assertThat(event("b", 9, 2)[COUNT]).isEqualTo(2);
        assertThat(event("c", 10, 4)[COUNT]).isEqualTo(2);
        assertThat(event("d", 10, 8)[SUM]).isEqualTo(14);
    }

    @Test
    void showsAnEventThoseOfTheSameTimeThatCameBefore() {
        assertThat(event("a", 5, 1)[COUNT]).isEqualTo(1);
        assertThat(event("b", 5, 1)[COUNT]).isEqualTo(2);
        assertThat(event("c", 5, 1)[COUNT]).isEqualTo(3);
    }

    @Test
    void showsALateEventWhatHappenedUpToItsTime() {
        event("a", 100, 1);
        event("b", 108, 2);

        assertThat(event("late", 104, 4)[SUM]).isEqualTo(5);
        assertThat(event("c", 109, 8)[SUM]).isEqualTo(15);
    }

    @Test
    void doesNotCountAnEventOlderThanAllThatIsKept() {
        event("a", 100, 1);
        byte[] before = header();

        assertThat(event("ancient", 65, 2)).containsExactly(1, 2, 0);
        assertThat(header()).isEqualTo(before);
    }

    @Test
    void showsALabelFromTheMomentItWasLabelledOn() {
        event("a", 0, 1);
        features.label("k", new EntityLabel("a", 0, 6, true, false));

        assertThat(event("b", 5, 1)[SHARE]).isZero();
        assertThat(event("c", 6, 1)[SHARE]).isEqualTo(1);
    }

    @Test
    void letsALaterLabelReplaceAnEarlierOneInWhateverOrderTheyCome() {
        event("a", 0, 1);
        features.label("k", new EntityLabel("a", 0, 7, false, false));
        features.label("k", new EntityLabel("a", 0, 6, true, false));

        assertThat(event("b", 6, 1)[SHARE]).isEqualTo(1);
        assertThat(event("c", 7, 1)[SHARE]).isZero();
        features.label("k", new EntityLabel("a", 0, 5, true, false));
        assertThat(event("d", 8, 1)[SHARE]).isZero();
    }

    @Test
    void forgetsWhatIsRetracted() {
        event("a", 0, 1);
        features.label("k", new EntityLabel("a", 0, 0, true, false));
        assertThat(event("b", 5, 1)[SHARE]).isEqualTo(1);

        features.label("k", new EntityLabel("a", 0, 5, true, true));

        assertThat(event("c", 6, 1)[SHARE]).isZero();
    }

    @Test
    void countsALabelThatComesTwiceOnce() {
        event("a", 0, 1);
        event("b", 0, 1);
        features.label("k", new EntityLabel("a", 0, 0, true, false));
        features.label("k", new EntityLabel("a", 0, 0, true, false));

        assertThat(event("c", 5, 1)[SHARE]).isEqualTo(0.5);
    }

    @Test
    void keepsALabelUntilItsEventComes() {
        event("a", 3, 1);
        features.label("k", new EntityLabel("late", 1, 2, true, false));
        event("late", 1, 1);

        assertThat(event("b", 8, 1)[SHARE]).isEqualTo(0.5);
    }

    @Test
    void letsTheLaterOfTwoLabelsHoldThatWaitedForTheirEvent() {
        event("a", 5, 1);
        features.label("k", new EntityLabel("late", 1, 3, true, false));
        features.label("k", new EntityLabel("late", 1, 2, false, false));
        event("late", 1, 1);

        assertThat(event("b", 8, 1)[SHARE]).isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesTheSameFeaturesWhetherLabelsComeEarlyOrOnTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EntityFeatures early = new EntityFeatures(set, "card", new HashStateBytes());
        EntityFeatures onTime = new EntityFeatures(set, "card", new HashStateBytes());
        Queue<EntityLabel> undelivered = new PriorityQueue<>(Comparator.comparingLong(EntityLabel::labelledAtMillis));
        long nowMillis = 0;
        for (int i = 0; i < 2_000; i++) {
            nowMillis += random.nextInt(3);
            EntityLabel label =
                    new EntityLabel("e" + i, nowMillis, nowMillis + random.nextInt(30), random.nextBoolean(), false);
            early.label("k", label);
            undelivered.add(label);
            while (!undelivered.isEmpty() && undelivered.element().labelledAtMillis() <= nowMillis) {
                onTime.label("k", undelivered.remove());
            }
            double[] numbers = {random.nextDouble()};
            double[] fromEarly = new double[set.size()];
            double[] fromOnTime = new double[set.size()];

            early.event("k", "e" + i, nowMillis, numbers, fromEarly);
            onTime.event("k", "e" + i, nowMillis, numbers, fromOnTime);

            assertThat(fromEarly).as("event %d", i).isEqualTo(fromOnTime);
        }
    }

    @Test
    void keepsASumThatRoundingDoesNotWearOff() {
        event("huge", 0, 1e18);
        event("a", 5, 0.1);
        event("b", 6, 0.2);

        assertThat(event("c", 10, 0)[SUM]).isEqualTo(0.1 + 0.2);
    }

    @Test
    void recoversFromASumBeyondAllNumbers() {
        event("huge", 0, 1e308);
        assertThat(event("huger", 1, 1e308)[SUM]).isInfinite();
        event("small", 9, 3);

        assertThat(event("c", 11, 1)[SUM]).isEqualTo(4);
    }

    @Test
    void takesTheFurthestTimesThatThereAre() {
        assertThat(event("a", Long.MIN_VALUE, 1)[COUNT]).isEqualTo(1);
        assertThat(event("b", 0, 1)[COUNT]).isEqualTo(1);
        assertThat(event("c", Long.MAX_VALUE, 1)[COUNT]).isEqualTo(1);
        features.label("k", new EntityLabel("c", Long.MAX_VALUE, Long.MAX_VALUE, true, false));
        assertThat(event("d", Long.MAX_VALUE, 1)[COUNT]).isEqualTo(2);
    }

    @Test
    void refusesANumberThatWouldSpoilTheSums() {
        assertThatThrownBy(() -> event("a", 0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event 'a'")
                .hasMessageContaining("NaN");
        assertThat(store.size()).isZero();
    }

    @Test
    void refusesStateOfAnotherFeatureSet() {
        event("a", 0, 1);
        FeatureSet other = new FeatureSet("other", "UTC", set.features().subList(0, 1));
        EntityFeatures others = new EntityFeatures(other, "card", store);

        assertThatThrownBy(() -> others.event("k", "b", 1, new double[] {1}, new double[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'k'")
                .hasMessageContaining("another feature set");
    }

    @Test
    void refusesAnEntityThatTheSetDoesNotHave() {
        assertThatThrownBy(() -> new EntityFeatures(set, "shop", store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'shop'")
                .hasMessageContaining("[card]");
    }

    private double[] event(String id, long timeMillis, double amount) {
        double[] row = new double[set.size()];
        features.event("k", id, timeMillis, new double[] {amount}, row);
        return row;
    }

    private byte[] header() {
        KeyedChunks chunks = new KeyedChunks(store);
        chunks.select("k");
        return Objects.requireNonNull(chunks.header());
    }
}
