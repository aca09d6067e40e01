package io.millrace.stream.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a pipeline counts about itself. Of what this process received: received = scored + dead-lettered + still under
 * way; a crash makes the process count some records again, the topics never.
 *
 * <p>Threading: safe for all threads.
 */
public final class PipelineMeters {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Counter received;
    private final Counter scored;
    private final Counter alerts;
    private final Counter labelsReceived;
    private final Counter labelsRouted;
    private final Counter labelsApplied;
    private final Counter labelsEarly;
    private final Counter labelsSettled;
    private final Counter activations;
    private final DistributionSummary batchRows;
    private final Timer batchTime;
    private final Map<String, Counter> deadByReason = new ConcurrentHashMap<>();

    /** Registers the meters of a pipeline. */
    public PipelineMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.received = counter("millrace.records.received", "Records read from the input topic.");
        this.scored = counter("millrace.records.scored", "Events scored.");
        this.alerts = counter("millrace.alerts", "Scores at or above the threshold.");
        this.labelsReceived = counter("millrace.labels.received", "Records read from the feedback topic.");
        this.labelsRouted = counter("millrace.labels.routed", "Labels sent on to the features of an entity.");
        this.labelsApplied = counter("millrace.labels.applied", "Labels that reached the features of an entity.");
        this.labelsEarly = counter("millrace.labels.early", "Labels that came before their event was scored.");
        this.labelsSettled = counter("millrace.labels.settled", "Labels joined to their scored event.");
        this.activations = counter("millrace.model.activations", "Times that a task changed to another version.");
        this.batchRows = DistributionSummary.builder("millrace.batch.rows")
                .description("Rows per scored batch.")
                .tag("pipeline", pipeline)
                .register(registry);
        this.batchTime = Timer.builder("millrace.batch.time")
                .description("Time in the model per batch.")
                .tag("pipeline", pipeline)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("pipeline", pipeline)
                .register(registry);
    }

    /** A record of the input topic was read. */
    public void received() {
        received.increment();
    }

    /** An event was scored. */
    public void scored() {
        scored.increment();
    }

    /** The model ran over a batch of so many rows, in so many nanoseconds. */
    public void batch(int rows, long nanos) {
        batchRows.record(rows);
        batchTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A score was at or above the threshold. */
    public void alert() {
        alerts.increment();
    }

    /** A record went to the dead-letter topic. */
    public void deadLettered(String reason) {
        deadByReason
                .computeIfAbsent(
                        reason,
                        r -> Counter.builder("millrace.records.dead")
                                .description("Records sent to the dead-letter topic, by reason.")
                                .tag("pipeline", pipeline)
                                .tag("reason", r)
                                .register(registry))
                .increment();
    }

    /** A record of the feedback topic was read. */
    public void labelReceived() {
        labelsReceived.increment();
    }

    /** A label came before its event. */
    public void labelEarly() {
        labelsEarly.increment();
    }

    /** A label was joined to its event; so many entities will hear of it. */
    public void labelSettled(int routes) {
        labelsRouted.increment(routes);
        labelsSettled.increment();
    }

    /** A label reached the features of an entity. */
    public void labelApplied() {
        labelsApplied.increment();
    }

    /** A task changed to another version. */
    public void activated() {
        activations.increment();
    }

    /** Records read from the input so far. */
    public long receivedCount() {
        return (long) received.count();
    }

    /** Events scored so far. */
    public long scoredCount() {
        return (long) scored.count();
    }

    /** Dead letters so far, of all reasons. */
    public long deadCount() {
        return (long) deadByReason.values().stream().mapToDouble(Counter::count).sum();
    }

    /** Labels sent on to features so far. */
    public long labelsRoutedCount() {
        return (long) labelsRouted.count();
    }

    /** Labels that reached the features so far. */
    public long labelsAppliedCount() {
        return (long) labelsApplied.count();
    }

    /** Labels joined to their event so far. */
    public long labelsSettledCount() {
        return (long) labelsSettled.count();
    }
}
