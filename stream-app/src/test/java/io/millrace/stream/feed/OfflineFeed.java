package io.millrace.stream.feed;

import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.event.FeedItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The feed computed from all texts at once, in the plainest way: what the running one must come to. */
final class OfflineFeed {
    private static final Comparator<FeedItem> COUNTS = Comparator.comparingLong(FeedItem::timeMillis)
            .thenComparing(FeedItem::id)
            .thenComparing(FeedItem::signedScore)
            .thenComparing(FeedItem::label);

    private OfflineFeed() {}

    /** The final points by key, each of revision 0. */
    static Map<String, FeedPoint> of(Collection<FeedItem> items, FeedConfig config, String model, int classes) {
        Map<String, FeedPoint> points = new TreeMap<>();
        for (Duration window : config.windows()) {
            Map<WindowKey, List<FeedItem>> byWindow =
                    items.stream().collect(Collectors.groupingBy(item -> WindowKey.of(item, window.toMillis())));
            byWindow.forEach((key, texts) -> points.put(
                    new String(FeedPoints.topicKey(key), StandardCharsets.UTF_8),
                    point(key, texts, config, model, classes)));
        }
        return points;
    }

    private static FeedPoint point(WindowKey key, List<FeedItem> texts, FeedConfig config, String model, int classes) {
        Map<Long, FeedItem> byHash = new TreeMap<>(Long::compareUnsigned);
        texts.forEach(text -> byHash.merge(text.textHash(), text, (a, b) -> COUNTS.compare(a, b) >= 0 ? a : b));
        boolean sampled = byHash.size() > config.texts();
        List<FeedItem> counted = byHash.values().stream().limit(config.texts()).toList();
        double weights = 0;
        double weighted = 0;
        double sum = 0;
        for (FeedItem text : counted) {
            double halfLives = (double) (key.endMillis() - text.timeMillis())
                    / config.halfLife().toMillis();
            double weight = Math.pow(0.5, halfLives);
            weights += weight;
            weighted += weight * text.signedScore();
            sum += text.signedScore();
        }
        double mean = sum / counted.size();
        double squares = counted.stream()
                .mapToDouble(text -> Math.pow(text.signedScore() - mean, 2))
                .sum();
        double greatest = (counted.get(counted.size() - 1).textHash() >>> 11) * 0x1p-53;
        return new FeedPoint(
                key.subject(),
                Instant.ofEpochMilli(key.startMillis()),
                Instant.ofEpochMilli(key.endMillis()),
                model,
                key.version(),
                mean,
                weighted / weights,
                (long) texts.size(),
                sampled ? Math.round((counted.size() - 1) / greatest) : (long) counted.size(),
                share(counted, classes - 1),
                share(counted, 0),
                Math.sqrt(squares / counted.size()),
                sampled,
                0);
    }

    private static double share(List<FeedItem> texts, int label) {
        return (double) texts.stream().filter(text -> text.label() == label).count() / texts.size();
    }
}
