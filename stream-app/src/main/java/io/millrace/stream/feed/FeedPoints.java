package io.millrace.stream.feed;

import io.millrace.schemas.avro.FeedPoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** From the totals of a window to a point of the feed, and its key on the topic. */
final class FeedPoints {
    private FeedPoints() {}

    static FeedPoint of(WindowKey key, WindowTotals totals, String model) {
        WindowTotals.Counts counts = totals.counts();
        return new FeedPoint(
                key.subject(),
                Instant.ofEpochMilli(key.startMillis()),
                Instant.ofEpochMilli(key.endMillis()),
                model,
                key.version(),
                totals.mean(),
                totals.decayedMean(),
                counts.volume(),
                counts.distinct(),
                totals.positiveShare(),
                totals.negativeShare(),
                totals.disagreement(),
                counts.sampled(),
                counts.revision());
    }

    /** Such as {@code ACME/PT5M/2026-01-01T00:00:00Z/3}: all records of a point have it, so that compaction keeps the last. */
    static byte[] topicKey(WindowKey key) {
        String text = key.subject() + "/" + Duration.ofMillis(key.lengthMillis()) + "/"
                + Instant.ofEpochMilli(key.startMillis()) + "/" + key.version();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
