package io.millrace.stream.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.event.FeedItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedProcessorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private static FeedConfig config(Duration... windows) {
        return FeedConfig.of("about", List.of(windows), HOUR, Duration.ofMinutes(10), Duration.ofHours(2), 100);
    }

    private static FeedItem item(String id, Duration since, String text, double score, int version) {
        return new FeedItem(
                id,
                "ACME",
                START.plus(since).toEpochMilli(),
                NormalisedText.hash(text),
                score,
                score >= 0 ? 1 : 0,
                version);
    }

    @Test
    void writesAPointPerWindowAndCorrectsItWhenALateTextComes() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            feed.send(item("a", Duration.ofMinutes(1), "up", 1, 1));
            feed.send(item("b", Duration.ofMinutes(6), "other window", 0.5, 1));

            feed.send(item("late", Duration.ofMinutes(2), "down", -1, 1));

            List<FeedPoint> points = feed.written();
            assertThat(points).hasSize(3);
            FeedPoint first = points.get(0);
            assertThat(first.getMean()).isEqualTo(1);
            assertThat(first.getRevision()).isEqualTo(1);
            FeedPoint corrected = points.get(2);
            assertThat(corrected.getWindowStart()).isEqualTo(START);
            assertThat(corrected.getWindowEnd()).isEqualTo(START.plus(MINUTES));
            assertThat(corrected.getRevision()).isEqualTo(2);
            assertThat(corrected.getVolume()).isEqualTo(2);
            assertThat(corrected.getMean()).isZero();
            assertThat(corrected.getDecayedMean()).isNegative(); // the later text weighs more
            assertThat(corrected.getPositive()).isEqualTo(0.5);
            assertThat(corrected.getNegative()).isEqualTo(0.5);
            assertThat(corrected.getDisagreement()).isEqualTo(1);
        }
    }

    @Test
    void halvesTheWeightOfATextWithEachHalfLife() {
        try (FeedHarness feed = new FeedHarness(config(Duration.ofDays(1)))) {
            feed.send(item("a", Duration.ofHours(2), "old", 1, 1));
            feed.send(item("b", Duration.ofHours(4), "new", -1, 1));

            FeedPoint point = feed.last().values().iterator().next();

            assertThat(point.getDecayedMean()).isCloseTo((0.25 - 1) / 1.25, within(1e-12));
        }
    }

    @Test
    void weighsNearDuplicatesOnceByTheLatest() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            feed.send(item("b", Duration.ofSeconds(20), "RT @x: Great!! https://t.co/1", 0.5, 1));
            feed.send(item("a", Duration.ofSeconds(20), "great!", 0.25, 1));
            feed.send(item("z", Duration.ofSeconds(10), "GREAT!", -1, 1));
            feed.send(item("c", Duration.ofSeconds(5), "bad", -0.5, 1));

            FeedPoint point = feed.last().values().iterator().next();

            assertThat(point.getVolume()).isEqualTo(4);
            assertThat(point.getDistinct()).isEqualTo(2);
            assertThat(point.getMean()).isZero();
            assertThat(point.getNegative()).isEqualTo(0.5);
        }
    }

    @Test
    void keepsTheVersionsApart() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            feed.send(item("a", Duration.ZERO, "same", 0.2, 1));
            feed.send(item("a", Duration.ZERO, "same", 0.8, 2));

            Map<String, FeedPoint> last = feed.last();

            assertThat(last).containsOnlyKeys("ACME/PT5M/2026-01-01T00:00:00Z/1", "ACME/PT5M/2026-01-01T00:00:00Z/2");
            assertThat(last.values()).extracting(FeedPoint::getMean).containsExactly(0.2, 0.8);
            assertThat(last.values()).extracting(FeedPoint::getRevision).containsOnly(1);
        }
    }

    @Test
    void countsWhatComesAfterTheGraceAndLeavesTheWindowAsItWas() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES, HOUR))) {
            feed.send(item("a", Duration.ofMinutes(1), "one", 1, 1));
            feed.send(item("b", Duration.ofMinutes(15), "two", 1, 1)); // five minutes and ten of grace have passed
            feed.written();

            feed.send(item("late", Duration.ofMinutes(2), "three", -1, 1));

            assertThat(feed.written()).extracting(FeedJson::window).containsExactly(HOUR);
            assertThat(feed.meters().lateCount()).isEqualTo(1);
            assertThat(feed.meters().itemCount()).isEqualTo(3);
            assertThat(feed.view().series("ACME", MINUTES, START, START.plusMillis(1)))
                    .extracting(FeedPoint::getVolume)
                    .containsExactly(1L);
        }
    }

    @Test
    void aTextDatedAheadOfTheClockClosesNoWindows() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            Duration now = Duration.between(START, FeedHarness.NOW);
            feed.send(item("ahead", now.plusHours(20), "from the future", 1, 1));

            feed.send(item("now", now.minusMinutes(1), "of today", 1, 1));

            assertThat(feed.meters().lateCount()).isZero();
            assertThat(feed.written()).hasSize(2);
        }
    }

    @Test
    void forgetsTextsAfterTheGraceAndWindowsWhenTheyAreKeptNoLonger() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            for (int i = 0; i < 50; i++) {
                feed.send(item("a" + i, Duration.ofSeconds(i), "text " + i, 1, 1));
            }
            int open = feed.stored();
            feed.send(item("b", Duration.ofMinutes(15), "later", 1, 1));
            int closed = feed.stored();
            feed.send(item("c", Duration.ofMinutes(125), "much later", 1, 1));

            assertThat(open).isEqualTo(50 + 3); // its texts, its totals, when it is due, the clock
            assertThat(closed).isEqualTo(2 + 3 + 1);
            assertThat(feed.stored()).isEqualTo(2 + 3 + 1); // the first window is gone, the second is closed
            assertThat(feed.view().subjects()).containsExactly("ACME");
            assertThat(feed.view().latest("ACME"))
                    .extracting(FeedPoint::getWindowStart)
                    .containsExactly(START.plus(Duration.ofMinutes(125)));
        }
    }

    @Test
    void answersForEachSubjectAlone() {
        try (FeedHarness feed = new FeedHarness(config(MINUTES))) {
            for (String subject : List.of("A", "AB", "B", "é")) {
                for (int minute : new int[] {1, 6, 11}) {
                    FeedItem like = item("x", Duration.ofMinutes(minute), "t", 0.5, 3);
                    feed.send(new FeedItem(
                            subject + minute, subject, like.timeMillis(), like.textHash(), 0.5, 1, like.version()));
                }
            }
            FeedView view = feed.view();

            assertThat(view.subjects()).containsExactly("A", "AB", "B", "é");
            assertThat(view.series("A", MINUTES, START, START.plus(Duration.ofMinutes(10))))
                    .extracting(FeedPoint::getWindowStart)
                    .containsExactly(START, START.plus(MINUTES));
            assertThat(view.latest("é"))
                    .extracting(FeedPoint::getWindowStart)
                    .containsExactly(START.plus(Duration.ofMinutes(10)));
            assertThat(view.latest("C")).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}, of each window {1} texts kept")
    @CsvSource({"1, 1000", "42, 1000", "20261126, 1000", "1, 100", "42, 100", "20261126, 100"})
    void comesToTheOfflineFeedInEveryOrder(long seed, int texts) {
        Random random = new Random(seed);
        List<FeedItem> items = items(random);
        FeedConfig config = FeedConfig.of(
                "about", List.of(MINUTES, HOUR, Duration.ofDays(1)), HOUR, Duration.ofDays(1), null, texts);

        Map<String, FeedPoint> inOrder = run(items, config);
        Collections.shuffle(items, random);
        Map<String, FeedPoint> shuffled = run(items, config);

        Map<String, FeedPoint> offline = OfflineFeed.of(items, config, "sentiment", FeedHarness.CLASSES);
        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(offline.values().stream().anyMatch(FeedPoint::getSampled)).isEqualTo(texts == 100);
        assertThat(inOrder).hasSameSizeAs(offline);
        offline.forEach((key, expected) -> assertClose(Objects.requireNonNull(inOrder.get(key)), expected));
    }

    /** Half a day of texts: two subjects, two versions, one text in three a near-duplicate. */
    private static List<FeedItem> items(Random random) {
        List<FeedItem> items = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            String text = "text " + (random.nextInt(3) == 0 ? random.nextInt(20) : 1_000 + i);
            double score = 2 * random.nextDouble() - 1;
            items.add(new FeedItem(
                    "id-" + random.nextInt(2_000),
                    random.nextBoolean() ? "ACME" : "Müller/AG",
                    START.toEpochMilli() + 1_000L * random.nextInt(12 * 3_600),
                    NormalisedText.hash(text),
                    score,
                    score >= 0 ? 1 : 0,
                    random.nextInt(8) == 0 ? 2 : 1));
        }
        return items;
    }

    /** The last points, without their revision: how often a window was written depends on the order. */
    private static Map<String, FeedPoint> run(List<FeedItem> items, FeedConfig config) {
        try (FeedHarness feed = new FeedHarness(config)) {
            items.forEach(feed::send);
            assertThat(feed.meters().lateCount()).isZero();
            Map<String, FeedPoint> last = feed.last();
            last.replaceAll(
                    (key, point) -> FeedPoint.newBuilder(point).setRevision(0).build());
            return last;
        }
    }

    private static void assertClose(FeedPoint point, FeedPoint expected) {
        assertThat(point.getMean()).isCloseTo(expected.getMean(), within(1e-12));
        assertThat(point.getDecayedMean()).isCloseTo(expected.getDecayedMean(), within(1e-9));
        assertThat(point.getDisagreement()).isCloseTo(expected.getDisagreement(), within(1e-7));
        assertThat(FeedPoint.newBuilder(point)
                        .setMean(expected.getMean())
                        .setDecayedMean(expected.getDecayedMean())
                        .setDisagreement(expected.getDisagreement())
                        .build())
                .isEqualTo(expected);
    }
}
