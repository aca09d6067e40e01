package io.millrace.cli.feed;

import io.millrace.schemas.avro.FeedPoint;
import io.millrace.stream.feed.FeedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which points of a feed are asked for.
 *
 * @param subjects of these; of all when empty
 * @param window of this length; of all when null
 * @param version of this version; of all when null
 * @param since whose window ends after this time
 */
public record FeedQuery(
        Set<String> subjects,
        @Nullable Duration window,
        @Nullable Integer version,
        Instant since) {
    public FeedQuery {
        subjects = Set.copyOf(subjects);
    }

    /** Whether a point is among them. */
    public boolean matches(FeedPoint point) {
        return (subjects.isEmpty() || subjects.contains(point.getSubject()))
                && (window == null || window.equals(FeedJson.window(point)))
                && (version == null || version == point.getVersion())
                && point.getWindowEnd().isAfter(since);
    }
}
