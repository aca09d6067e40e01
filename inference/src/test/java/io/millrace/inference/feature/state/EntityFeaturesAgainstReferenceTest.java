package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityFeaturesAgainstReferenceTest {
    private static final int STEPS = 1_500;
    private static final String[] KEYS = {"", "a", "\u00e4\u4e2d\uD83D\uDE00"};

    private final FeatureSet set = new FeatureSet(
            "mixed",
            "UTC",
            List.of(
                    window("count", Aggregate.COUNT, null, 40, 0),
                    window("count-delayed", Aggregate.COUNT, null, 15, 10),
                    window("mean", Aggregate.MEAN, "amount", 25, 0),
                    window("mean-again", Aggregate.MEAN, "amount", 25, 0),
                    window("sum-delayed", Aggregate.SUM, "other", 30, 7),
                    window("max", Aggregate.MAX, "amount", 35, 0),
                    window("max-delayed", Aggregate.MAX, "other", 20, 12),
                    window("share", Aggregate.POSITIVE_SHARE, null, 30, 0),
                    window("share-delayed", Aggregate.POSITIVE_SHARE, null, 40, 10)));

    @ParameterizedTest(name = "seed {0}, {1} entries a chunk, lateness {2} ms, {3} ms between events, {4} % late")
    @CsvSource({
        "1, 1, 20, 3, 20",
        "2, 2, 20, 3, 20",
        "3, 3, 0, 1, 20",
        "4, 16, 50, 1, 30",
        "5, 3, 50, 0, 30",
        "6, 2, 500, 2, 50",
        "7, 3, 20, 20, 20",
        "8, 16, 20, 3, 0",
        "20261124, 4, 10, 2, 10"
    })
    void computesWhatAPlainListWould(long seed, int chunkEntries, long latenessMillis, int gapMillis, int latePercent) {
        SplittableRandom random = new SplittableRandom(seed);
        Duration lateness = Duration.ofMillis(latenessMillis);
        HashStateBytes store = new HashStateBytes();
        EntityFeatures engine = new EntityFeatures(set, "card", store, lateness, chunkEntries);
        ReferenceFeatures reference = new ReferenceFeatures(set, "card", lateness);
        List<Sent> sent = new ArrayList<>();
        long nowMillis = 1_000;

        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) == 0) { // a restart: nothing may live outside the store
                engine = new EntityFeatures(set, "card", store, lateness, chunkEntries);
            }
            nowMillis += random.nextInt(10) == 0 ? random.nextInt(gapMillis * 10 + 1) : random.nextInt(gapMillis + 1);
            String key = KEYS[random.nextInt(KEYS.length)];
            if (random.nextInt(100) < 60) {
                boolean late = random.nextInt(100) < latePercent;
                long timeMillis = late ? nowMillis - random.nextInt(150) : nowMillis;
                Sent event = new Sent(key, "e" + step, timeMillis);
                sent.add(event);
                double[] numbers = {random.nextInt(20), random.nextDouble() * 1e6 - 5e5};
                double[] expected = new double[set.size()];
                double[] actual = new double[set.size()];
                reference.event(key, event.id, timeMillis, numbers, expected);
                engine.event(key, event.id, timeMillis, numbers, actual);
                assertThat(actual)
                        .as("step %d, key '%s', time %d", step, key, timeMillis)
                        .usingElementComparator(EntityFeaturesAgainstReferenceTest::compareButForRounding)
                        .containsExactly(expected);
            } else {
                Sent event = random.nextInt(8) == 0 || sent.isEmpty()
                        ? new Sent(key, "e" + (step + random.nextInt(5)), nowMillis + random.nextInt(5))
                        : sent.get(Math.max(0, sent.size() - 1 - random.nextInt(60)));
                EntityLabel label = new EntityLabel(
                        event.id,
                        event.timeMillis,
                        event.timeMillis + random.nextInt(60),
                        random.nextBoolean(),
                        random.nextInt(6) == 0);
                int times = random.nextInt(5) == 0 ? 2 : 1;
                for (int i = 0; i < times; i++) {
                    reference.label(event.key, label);
                    engine.label(event.key, label);
                }
            }
        }
    }

    private static int compareButForRounding(double left, double right) {
        boolean same = Math.abs(left - right) <= 1e-12 * Math.max(1, Math.abs(right));
        return same ? 0 : Double.compare(left, right);
    }

    private static FeatureDefinition window(
            String name, Aggregate aggregate, @Nullable String field, long length, long delay) {
        return new WindowFeature(name, "card", aggregate, field, Duration.ofMillis(length), Duration.ofMillis(delay));
    }

    private record Sent(String key, String id, long timeMillis) {}
}
