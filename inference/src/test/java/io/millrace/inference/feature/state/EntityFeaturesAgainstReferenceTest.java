package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.Explanation;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.HistoryFeature;
import io.millrace.inference.feature.HistoryMeasure;
import io.millrace.inference.feature.LabelRunFeature;
import io.millrace.inference.feature.LabelRunMeasure;
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

    private static final long HALF_DAY_MILLIS = Duration.ofHours(12).toMillis();

    /** Windows alone, on a scale of milliseconds, so that much falls out of what is kept. */
    private static final FeatureSet WINDOWS = new FeatureSet(
            "windows",
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

    private static final Explanation UNUSUAL = new Explanation("ratio", 1.5);

    /** Histories and label runs too; runs remember more than is kept, so here all is. */
    private static final FeatureSet ALL = new FeatureSet(
            "all",
            "UTC",
            List.of(
                    run("length", LabelRunMeasure.LENGTH, 0),
                    run("length-delayed", LabelRunMeasure.LENGTH, 9),
                    run("age", LabelRunMeasure.AGE_DAYS, 0),
                    run("gap-delayed", LabelRunMeasure.GAP_DAYS, 9),
                    new HistoryFeature("ratio", "card", HistoryMeasure.RATIO, "amount"),
                    new HistoryFeature("z", "card", HistoryMeasure.Z_SCORE, "amount"),
                    longWindow("max-ratio", Aggregate.MAX, "ratio", 20, 0),
                    longWindow("mean-ratio", Aggregate.MEAN, "ratio", 30, 0),
                    longWindow("count", Aggregate.COUNT, null, 30, 0),
                    longWindow("sum-z-delayed", Aggregate.SUM, "z", 15, 5),
                    longWindow("max", Aggregate.MAX, "other", 20, 0),
                    longWindow("share", Aggregate.POSITIVE_SHARE, null, 30, 5)));

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
    void computesWindowsAsAPlainListWould(
            long seed, int chunkEntries, long latenessMillis, int gapMillis, int latePercent) {
        play(WINDOWS, 1, seed, chunkEntries, latenessMillis, gapMillis, latePercent);
    }

    @ParameterizedTest(name = "seed {0}, {1} entries a chunk, {2} between events, {3} % late")
    @CsvSource({"1, 2, 3, 20", "2, 3, 1, 20", "3, 16, 2, 0", "4, 4, 0, 30", "5, 16, 10, 50"})
    void computesHistoriesAndRunsAsAPlainListWould(long seed, int chunkEntries, int gap, int latePercent) {
        play(ALL, HALF_DAY_MILLIS, seed, chunkEntries, Duration.ofDays(3_650).toMillis(), gap, latePercent);
    }

    /** @param unitMillis what the random gaps and delays are multiples of */
    private static void play(
            FeatureSet set,
            long unitMillis,
            long seed,
            int chunkEntries,
            long latenessMillis,
            int gap,
            int latePercent) {
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
            nowMillis += unitMillis * random.nextInt(random.nextInt(10) == 0 ? gap * 10 + 1 : gap + 1);
            String key = KEYS[random.nextInt(KEYS.length)];
            if (random.nextInt(100) < 60) {
                boolean late = random.nextInt(100) < latePercent;
                long timeMillis = late ? nowMillis - unitMillis * random.nextInt(150) : nowMillis;
                Sent event = new Sent(key, "e" + step, timeMillis);
                sent.add(event);
                double[] numbers = {1 + random.nextInt(20), random.nextDouble() * 1e6 - 5e5};
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
                        ? new Sent(key, "e" + (step + random.nextInt(5)), nowMillis + unitMillis * random.nextInt(5))
                        : sent.get(Math.max(0, sent.size() - 1 - random.nextInt(60)));
                EntityLabel label = new EntityLabel(
                        event.id,
                        event.timeMillis,
                        event.timeMillis + unitMillis * random.nextInt(60),
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

    private static FeatureDefinition longWindow(
            String name, Aggregate aggregate, @Nullable String field, long length, long delay) {
        return window(name, aggregate, field, length * HALF_DAY_MILLIS, delay * HALF_DAY_MILLIS);
    }

    private static FeatureDefinition run(String name, LabelRunMeasure measure, long delay) {
        return new LabelRunFeature(
                name, "card", measure, Duration.ofMillis(delay * HALF_DAY_MILLIS), Duration.ofDays(3_650), UNUSUAL);
    }

    private record Sent(String key, String id, long timeMillis) {}
}
