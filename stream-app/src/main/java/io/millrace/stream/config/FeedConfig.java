package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.millrace.inference.config.Durations;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The series of scores that a pipeline of texts keeps for each subject, in windows of event time.
 *
 * @param subject field of the input that says what a text is about, by the model's name or its own path
 * @param windows lengths of the windows, which do not overlap; 5 minutes, 1 hour and 1 day by default
 * @param halfLife of event time in which the weight of a text in the decayed mean halves; 1 hour by default
 * @param grace how much later than the end of its window a text may come and still correct it; 1 hour by default
 * @param kept how long after its end a window can be asked for in the running stream; 7 days by default
 * @param texts distinct texts that a window of a subject keeps; of more, a sample of that size stands for all. 20,000
 *     by default
 */
public record FeedConfig(
        String subject, List<Duration> windows, Duration halfLife, Duration grace, Duration kept, int texts) {
    /** The oldest text of a window weighs at least 2<sup>-40</sup>: below that, sums lose their precision. */
    private static final int MOST_HALVINGS = 40;

    private static final int MOST_WINDOWS = 8;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Absent values take their defaults. */
    @JsonCreator
    public static FeedConfig of(
            @Nullable String subject,
            @Nullable List<Duration> windows,
            @Nullable Duration halfLife,
            @Nullable Duration grace,
            @Nullable Duration kept,
            @Nullable Integer texts) {
        return new FeedConfig(
                Checks.required("subject", subject, "name the field that says what a text is about"),
                windows == null ? List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1)) : windows,
                halfLife == null ? Duration.ofHours(1) : halfLife,
                grace == null ? Duration.ofHours(1) : grace,
                kept == null ? Duration.ofDays(7) : kept,
                texts == null ? 20_000 : texts);
    }

    /** The defaults, with subjects read from a field. */
    public static FeedConfig of(String subject) {
        return of(subject, null, null, null, null, null);
    }

    public FeedConfig {
        windows = List.copyOf(new TreeSet<>(windows));
        Checks.range("number of windows", windows.size(), 1, MOST_WINDOWS);
        windows.forEach(window -> between("windows", window, SHORTEST, LONGEST));
        between("half-life", halfLife, SHORTEST, LONGEST);
        Duration longest = windows.get(windows.size() - 1);
        if (halfLife.multipliedBy(MOST_HALVINGS).compareTo(longest) < 0) {
            throw new IllegalArgumentException("half-life must be at least a " + MOST_HALVINGS
                    + "th of the longest window, " + Durations.format(longest) + ", was "
                    + Durations.format(halfLife));
        }
        between("grace", grace, Duration.ZERO, LONGEST);
        between("kept", kept, grace, LONGEST);
        Checks.range("texts", texts, 100, 1_000_000);
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s must be from %s to %s, was %s"
                    .formatted(key, Durations.format(least), Durations.format(most), Durations.format(value)));
        }
    }
}
