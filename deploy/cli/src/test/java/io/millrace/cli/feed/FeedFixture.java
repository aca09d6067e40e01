package io.millrace.cli.feed;

import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.feed.NormalisedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scored texts about a few subjects, out of order by less than the grace, one in four a near-duplicate. */
final class FeedFixture {
    static final String PIPELINE = "news";
    static final String FEED = TopicCatalogue.feed(PIPELINE);
    static final String ITEMS = "items";
    static final int CLASSES = 2;
    static final FeedConfig CONFIG = FeedConfig.of(
            "about",
            List.of(Duration.ofMinutes(5), Duration.ofHours(1)),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            null,
            null);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> SUBJECTS = List.of("ACME", "Globex", "Initech", "Umbrella", "Ψ");

    private FeedFixture() {}

    static List<FeedItem> items(int count, long seed) {
        Random random = new Random(seed);
        List<FeedItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String text = random.nextInt(4) == 0 ? "Copied " + random.nextInt(200) : "own " + i;
            double score = 2 * random.nextDouble() - 1;
            items.add(new FeedItem(
                    "id-" + i,
                    SUBJECTS.get(random.nextInt(SUBJECTS.size())),
                    START.plusSeconds(i + random.nextInt(3_600)).toEpochMilli(),
                    NormalisedText.hash(text),
                    score,
                    score >= 0 ? 1 : 0,
                    i < count / 2 ? 1 : 2));
        }
        return items;
    }
}
