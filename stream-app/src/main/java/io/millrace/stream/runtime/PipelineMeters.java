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
    /** Name of the summary of each batch's rows. */
    public static final String BATCH_ROWS = "millrace.batch.rows";

    /** Name of the timer of each batch's time in the model, recorded after its size. */
    public static final String BATCH_TIME = "millrace.batch.time";

    /** Name of the timer of what a task loses to taking another version. */
    public static final String SWAP_TIME = "millrace.swap.time";

    /** Name of the timer of what a commit takes longer because versions were taken before it. */
    public static final String TELL_TIME = "millrace.swap.tell.time";

    private final MeterRegistry registry;
    private final String pipeline;
    private final Counter received;
    private final Counter scored;
    private final Counter alerts;
    private final LabelMeters labels;
    private final VersionGauges versions;
    private final FeedMeters feed;
    private final TextMeters texts;
    private final Counter activations;
    private final DistributionSummary batchRows;
    private final Timer batchTime;
    private final Timer swapTime;
    private final Timer tellTime;
    private final Map<String, Counter> deadByReason = new ConcurrentHashMap<>();

    /** Registers the meters of a pipeline. */
    public PipelineMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.received = counter("millrace.records.received", "Records read from the input topic.");
        this.scored = counter("millrace.records.scored", "Events scored.");
        this.alerts = counter("millrace.alerts", "Scores at or above the threshold.");
        this.labels = new LabelMeters(registry, pipeline);
        this.versions = new VersionGauges(registry, pipeline);
        this.feed = new FeedMeters(registry, pipeline);
        this.texts = new TextMeters(registry, pipeline);
        this.activations = counter("millrace.model.activations", "Times that a task changed to another version.");
        this.batchRows = DistributionSummary.builder(BATCH_ROWS)
                .description("Rows per scored batch.")
                .tag("pipeline", pipeline)
                .register(registry);
        this.swapTime = Timer.builder(SWAP_TIME)
                .description("Time that a task lost to taking another version before its first batch.")
                .tag("pipeline", pipeline)
                .register(registry);
        this.tellTime = Timer.builder(TELL_TIME)
                .description("Time that a commit took longer to tell of versions taken before it.")
                .tag("pipeline", pipeline)
                .register(registry);
        this.batchTime = Timer.builder(BATCH_TIME)
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

    /** A task changed to another version, and lost so much time to it before it could score on. */
    public void activated(long nanos) {
        activations.increment();
        swapTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A commit told of versions that were taken before it, in so many nanoseconds. */
    public void activationTold(long nanos) {
        tellTime.record(nanos, TimeUnit.NANOSECONDS);
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

    /** Records read from the feedback topic so far. */
    public long labelsReceivedCount() {
        return labels.balance().received();
    }

    /** Labels joined to their event so far. */
    public long labelsSettledCount() {
        return labels.balance().settled();
    }

    /** Labels with which nothing more will happen: settled, duplicate, superseded, orphaned or dead-lettered. */
    public long labelsClosedCount() {
        LabelBalance balance = labels.balance();
        return balance.settled() + balance.duplicate() + balance.superseded() + balance.orphaned() + balance.dead();
    }

    /** Labels sent on to features so far. */
    public long labelsRoutedCount() {
        return labels.routedCount();
    }

    /** Labels that reached the features so far. */
    public long labelsAppliedCount() {
        return labels.appliedCount();
    }

    /** How good its versions are, as gauges. */
    public VersionGauges versions() {
        return versions;
    }

    /** What it counts of its feed. */
    public FeedMeters feed() {
        return feed;
    }

    /** What it counts of texts. */
    public TextMeters texts() {
        return texts;
    }

    /** What it counts of its labels. */
    public LabelMeters labels() {
        return labels;
    }
}
