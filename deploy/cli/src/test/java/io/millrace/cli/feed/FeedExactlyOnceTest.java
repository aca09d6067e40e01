package io.millrace.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.support.ChildJvm;
import io.millrace.cli.support.TestTopics;
import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.FeedItemSerde;
import io.millrace.stream.feed.FeedJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the feed for real, with windows changed and not yet written, and compares what it comes to with its texts. */
class FeedExactlyOnceTest {
    private static final int ITEMS = 20_000;
    private static final int KILLS = 3;
    private static final long SEED = 20_261_126;

    @TempDir
    private Path folder;

    private record Series(String subject, Duration window, Instant start, int version) {
        static Series of(FeedPoint point) {
            return new Series(point.getSubject(), FeedJson.window(point), point.getWindowStart(), point.getVersion());
        }

        static Series of(FeedItem item, Duration window) {
            long millis = window.toMillis();
            Instant start = Instant.ofEpochMilli(item.timeMillis() / millis * millis);
            return new Series(item.subject(), window, start, item.version());
        }
    }

    @Test
    void comesToTheOfflineFeedThoughTheProcessIsKilledAgainAndAgain() throws Exception {
        List<FeedItem> items = FeedFixture.items(ITEMS, SEED);
        Random random = new Random(SEED);
        List<FeedPoint> written;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            String servers = broker.bootstrapServers();
            TestTopics topics = new TestTopics(servers);
            topics.create(FeedFixture.ITEMS, 2);
            var feed = TopicCatalogue.feed(FeedFixture.PIPELINE, 2);
            topics.create(feed.name(), feed.partitions(), feed.settings());
            ChildJvm child = child(servers);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    send(servers, items.subList(ITEMS * kill / (KILLS + 1), ITEMS * (kill + 1) / (KILLS + 1)));
                    long goal = topics.endOffset(FeedFixture.FEED) + 20 + random.nextInt(200);
                    ChildJvm running = child;
                    await().atMost(Duration.ofMinutes(2)).until(() -> {
                        running.requireAlive();
                        return topics.endOffset(FeedFixture.FEED) >= goal;
                    });
                    child.kill();
                    child = child(servers);
                }
                send(servers, items.subList(ITEMS * KILLS / (KILLS + 1), ITEMS));
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> volume(read(topics)) >= 2L * ITEMS);
            } finally {
                child.close();
            }
            written = read(topics);
        }
        assertRevisionsFollowEachOther(written);
        assertSame(last(written), items);
    }

    private ChildJvm child(String servers) throws Exception {
        return ChildJvm.start(
                FeedChild.class,
                Path.of("target", "exactly-once-feed.log"),
                servers,
                folder.resolve("state").toString());
    }

    private static void send(String servers, List<FeedItem> items) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"),
                new ByteArraySerializer(),
                new FeedItemSerde().serializer())) {
            for (FeedItem item : items) {
                byte[] key = item.subject().getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(FeedFixture.ITEMS, key, item));
            }
        }
    }

    private static List<FeedPoint> read(TestTopics topics) {
        FeedPointReader reader = new FeedPointReader();
        return topics.readAll(FeedFixture.FEED).stream()
                .map(ConsumerRecord::value)
                .map(reader::read)
                .toList();
    }

    private static Map<Series, FeedPoint> last(List<FeedPoint> written) {
        Map<Series, FeedPoint> last = new HashMap<>();
        written.forEach(point -> last.put(Series.of(point), point));
        return last;
    }

    private static long volume(List<FeedPoint> written) {
        return last(written).values().stream().mapToLong(FeedPoint::getVolume).sum();
    }

    /** None lost, none doubled: each record of a point is the next revision of the one before. */
    private static void assertRevisionsFollowEachOther(List<FeedPoint> written) {
        Map<Series, List<Integer>> revisions = new HashMap<>();
        for (FeedPoint point : written) {
            revisions
                    .computeIfAbsent(Series.of(point), key -> new ArrayList<>())
                    .add(point.getRevision());
        }
        revisions.forEach((series, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as("%s of %s", numbers, series).isEqualTo(i + 1);
            }
        });
        assertThat(revisions.values()).anyMatch(numbers -> numbers.size() > 2);
    }

    private static void assertSame(Map<Series, FeedPoint> points, List<FeedItem> items) {
        Map<Series, List<FeedItem>> expected = new HashMap<>();
        for (Duration window : FeedFixture.CONFIG.windows()) {
            for (FeedItem item : items) {
                expected.computeIfAbsent(Series.of(item, window), key -> new ArrayList<>())
                        .add(item);
            }
        }
        assertThat(points).containsOnlyKeys(expected.keySet());
        points.forEach((series, point) -> assertPoint(point, expected.getOrDefault(series, List.of())));
    }

    private static void assertPoint(FeedPoint point, List<FeedItem> texts) {
        Collection<FeedItem> distinct = texts.stream()
                .collect(Collectors.toMap(FeedItem::textHash, item -> item, FeedExactlyOnceTest::later))
                .values();
        double halfLife = FeedFixture.CONFIG.halfLife().toMillis();
        double weights = 0;
        double weighted = 0;
        for (FeedItem text : distinct) {
            double weight = Math.pow(0.5, (point.getWindowEnd().toEpochMilli() - text.timeMillis()) / halfLife);
            weights += weight;
            weighted += weight * text.signedScore();
        }
        assertThat(point.getVolume()).as("volume of %s", point).isEqualTo(texts.size());
        assertThat(point.getDistinct()).as("distinct of %s", point).isEqualTo(distinct.size());
        assertThat(point.getMean())
                .as("mean of %s", point)
                .isCloseTo(
                        distinct.stream()
                                .mapToDouble(FeedItem::signedScore)
                                .average()
                                .orElseThrow(),
                        within(1e-12));
        assertThat(point.getDecayedMean()).as("decayed mean of %s", point).isCloseTo(weighted / weights, within(1e-9));
        assertThat(point.getPositive() * distinct.size())
                .as("positive of %s", point)
                .isCloseTo(
                        (double) distinct.stream()
                                .filter(text -> text.label() == 1)
                                .count(),
                        within(1e-6));
    }

    private static FeedItem later(FeedItem one, FeedItem other) {
        Comparator<FeedItem> order =
                Comparator.comparingLong(FeedItem::timeMillis).thenComparing(FeedItem::id);
        return order.compare(one, other) > 0 ? one : other;
    }
}
