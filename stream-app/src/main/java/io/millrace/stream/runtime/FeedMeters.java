package io.millrace.stream.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a pipeline counts of its feed. A crash makes the process count some texts again, the topic never.
 *
 * <p>Threading: safe for all threads.
 */
public final class FeedMeters {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Counter items;
    private final Counter withoutSubject;
    private final Counter points;
    private final Map<Duration, Counter> lateByWindow = new ConcurrentHashMap<>();

    FeedMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.items = counter("millrace.feed.items", "Scored texts that reached the feed of their subject.");
        this.withoutSubject =
                counter("millrace.feed.without.subject", "Scored texts that name no subject, and are in no feed.");
        this.points = counter("millrace.feed.points", "Windows written to the feed, each correction counted.");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("pipeline", pipeline)
                .register(registry);
    }

    /** A text reached the feed of its subject. */
    public void item() {
        items.increment();
    }

    /** A text named no subject. */
    public void withoutSubject() {
        withoutSubject.increment();
    }

    /** A window was written. */
    public void point() {
        points.increment();
    }

    /** A text came after the grace of its window of this length, which it no longer changes. */
    public void late(Duration window) {
        lateByWindow
                .computeIfAbsent(
                        window,
                        length -> Counter.builder("millrace.feed.late")
                                .description("Texts that came too late to correct their window, by its length.")
                                .tag("pipeline", pipeline)
                                .tag("window", length.toString())
                                .register(registry))
                .increment();
    }

    /** Texts that reached the feed so far. */
    public long itemCount() {
        return (long) items.count();
    }

    /** Texts without a subject so far. */
    public long withoutSubjectCount() {
        return (long) withoutSubject.count();
    }

    /** Windows written so far. */
    public long pointCount() {
        return (long) points.count();
    }

    /** Texts that came too late for their window, over all lengths. */
    public long lateCount() {
        return (long) lateByWindow.values().stream().mapToDouble(Counter::count).sum();
    }
}
