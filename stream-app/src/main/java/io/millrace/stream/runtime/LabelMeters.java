package io.millrace.stream.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a pipeline counts of its labels. Of what this process took in, every label is accounted for, see
 * {@link LabelBalance}; a crash makes the process count some labels again, the topics never.
 *
 * <p>Threading: safe for all threads.
 */
public final class LabelMeters {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Counter received;
    private final Counter settled;
    private final Counter duplicate;
    private final Counter superseded;
    private final Counter early;
    private final Counter dead;
    private final Counter routed;
    private final Counter applied;
    private final Counter eventsForgotten;
    private final Counter eventsJoined;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final Map<String, Counter> orphanedByReason = new ConcurrentHashMap<>();

    LabelMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.received = counter("millrace.labels.received", "Records read from the feedback topic.");
        this.settled = counter("millrace.labels.settled", "Labels joined to their scored event: one example each.");
        this.duplicate = counter("millrace.labels.duplicate", "Labels that had been said before.");
        this.superseded = counter("millrace.labels.superseded", "Labels older than what had been said of their event.");
        this.early = counter("millrace.labels.early", "Labels that came before their event was scored.");
        this.dead = counter("millrace.labels.dead", "Records of the feedback topic that were dead-lettered.");
        this.routed = counter("millrace.labels.routed", "Labels sent on to the features of an entity.");
        this.applied = counter("millrace.labels.applied", "Labels that reached the features of an entity.");
        this.eventsForgotten = counter(
                "millrace.events.forgotten", "Events older than the label horizon when scored, which await no label.");
        this.eventsJoined = counter("millrace.events.joined", "Scored events that reached the label join.");
        Gauge.builder("millrace.labels.waiting", waiting, AtomicLong::doubleValue)
                .description("Labels that wait for their event.")
                .tag("pipeline", pipeline)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("pipeline", pipeline)
                .register(registry);
    }

    /** A record of the feedback topic was read. */
    public void received() {
        received.increment();
    }

    /** A label was joined to its event; so many entities will hear of it. */
    public void settled(int routes) {
        settled.increment();
        routed.increment(routes);
    }

    /** The very same had been said before. */
    public void duplicate() {
        duplicate.increment();
    }

    /** Something later was said of the event. */
    public void superseded() {
        superseded.increment();
    }

    /** A label came before its event, and waits. */
    public void early() {
        early.increment();
        waiting.incrementAndGet();
    }

    /** A label waits no more. */
    public void waitingEnded() {
        waiting.decrementAndGet();
    }

    /** So many labels were found waiting when a partition was taken over; fewer than none: it was given away. */
    public void waitingFound(long count) {
        waiting.addAndGet(count);
        found.addAndGet(count);
    }

    /** A label went to the orphan topic. */
    public void orphaned(String reason) {
        orphanedByReason
                .computeIfAbsent(
                        reason,
                        r -> Counter.builder("millrace.labels.orphaned")
                                .description("Labels sent to the orphan topic, by reason.")
                                .tag("pipeline", pipeline)
                                .tag("reason", r)
                                .register(registry))
                .increment();
    }

    /** A record of the feedback topic went to the dead letters. */
    public void dead() {
        dead.increment();
    }

    /** A label reached the features of an entity. */
    public void applied() {
        applied.increment();
    }

    /** A scored event reached the join, and was given the label that waited for it. */
    public void eventJoined() {
        eventsJoined.increment();
    }

    /** An event was older than the label horizon when it was scored. */
    public void eventForgotten() {
        eventsForgotten.increment();
    }

    /** Labels sent on to features so far. */
    public long routedCount() {
        return (long) routed.count();
    }

    /** Labels that reached the features so far. */
    public long appliedCount() {
        return (long) applied.count();
    }

    /** Scored events that reached the join so far. */
    public long eventsJoinedCount() {
        return (long) eventsJoined.count();
    }

    /** Events that were scored too late to wait for a label. */
    public long eventsForgottenCount() {
        return (long) eventsForgotten.count();
    }

    /** What became of the labels; exact while no label is being processed. */
    public LabelBalance balance() {
        return new LabelBalance(
                (long) received.count(),
                (long) settled.count(),
                (long) duplicate.count(),
                (long) superseded.count(),
                waiting.get(),
                (long) orphanedByReason.values().stream()
                        .mapToDouble(Counter::count)
                        .sum(),
                (long) dead.count(),
                found.get());
    }
}
