package io.millrace.stream.metrics;

import io.millrace.schemas.MetricsWindow;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.MetricsConfig;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Judgement;
import io.millrace.stream.event.Judgements;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.runtime.VersionGauges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the prequential metrics of each version, over windows of event time and over all: exact, and corrected when
 * labels are. Writes those that have changed every few seconds.
 *
 * <p>What is older than the label horizon and a window can no longer change, and is forgotten; so is a version of which
 * nothing was judged for that long.
 *
 * <p>Threading: confined to the only task of its kind.
 */
public final class MetricsProcessor implements Processor<byte[], Judgements, byte[], Flow> {
    /** Computing takes at most this share of the thread's time, however many distinct scores there are. */
    private static final int COST_SHARE = 50;

    private final Settings settings;
    private final SingleObject<Metrics> codec = SingleObject.of(Metrics.class, SchemaStore.ofOwn());
    private final String topic;
    private final long windowMillis;
    private final long keptMillis;
    private final TreeSet<GroupKey> unwritten = new TreeSet<>();
    private final TreeSet<GroupKey> unpublished = new TreeSet<>();
    private final SortedMap<GroupKey, Metrics> latest = new TreeMap<>();
    private SortedMap<GroupKey, MetricGroup> groups = new TreeMap<>();
    private long newestMillis = Long.MIN_VALUE;
    private long notBeforeNanos;

    /**
     * What it works with.
     *
     * @param horizon after which the label of an event can no longer change
     * @param storeName of its groups
     * @param hookName of the hook that writes them
     */
    public record Settings(
            String pipeline,
            String model,
            MetricsConfig config,
            Duration horizon,
            String storeName,
            String hookName,
            LongSupplier nanoClock,
            VersionGauges gauges) {}

    /** Makes the processor of one task. */
    public MetricsProcessor(Settings settings) {
        this.settings = settings;
        this.topic = TopicCatalogue.metrics(settings.pipeline());
        this.windowMillis = settings.config().window().toMillis();
        this.keptMillis = settings.horizon().toMillis() + windowMillis;
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        MetricStore kept = new MetricStore(initialised.getStateStore(settings.storeName()));
        unwritten.clear();
        latest.clear();
        groups = kept.load();
        newestMillis = Long.MIN_VALUE;
        groups.values()
                .forEach(group ->
                        newestMillis = Math.max(newestMillis, group.totals().newestEventMillis()));
        // Whether these were published before the restart, nobody knows.
        unpublished.clear();
        unpublished.addAll(groups.keySet());
        notBeforeNanos = settings.nanoClock().getAsLong();
        CommitHook hook = initialised.getStateStore(settings.hookName());
        hook.beforeCommit(initialised, () -> write(kept));
        initialised.schedule(
                settings.config().every(), PunctuationType.WALL_CLOCK_TIME, wallClock -> publish(initialised, kept));
    }

    @Override
    public void process(Record<byte[], Judgements> record) {
        for (Judgement judgement : record.value().list()) {
            newestMillis = Math.max(newestMillis, judgement.eventTimeMillis());
            if (newestMillis - keptMillis >= judgement.eventTimeMillis()) {
                // Its partition is far behind the others; what is to be taken back may be forgotten already.
                settings.gauges().forgotten();
                continue;
            }
            apply(GroupKey.all(judgement.version()), judgement);
            apply(GroupKey.window(judgement.version(), judgement.eventTimeMillis(), windowMillis), judgement);
        }
    }

    /** Another process may show them from now on. */
    @Override
    public void close() {
        settings.gauges().show(List.of(), Instant.EPOCH);
    }

    private void apply(GroupKey key, Judgement judgement) {
        groups.computeIfAbsent(key, absent -> new MetricGroup()).apply(judgement);
        unwritten.add(key);
        unpublished.add(key);
    }

    private void write(MetricStore kept) {
        if (!unwritten.isEmpty()) {
            kept.mark();
        }
        for (GroupKey key : unwritten) {
            MetricGroup group = groups.get(key);
            if (group != null) {
                kept.keep(key, group);
            }
        }
        unwritten.clear();
    }

    private void publish(ProcessorContext<byte[], Flow> out, MetricStore kept) {
        long startNanos = settings.nanoClock().getAsLong();
        if (unpublished.isEmpty() || startNanos - notBeforeNanos < 0) {
            return;
        }
        for (GroupKey key : unpublished) {
            MetricGroup group = groups.get(key);
            if (group != null) {
                Metrics metrics = metrics(key, group);
                latest.put(key, metrics);
                out.forward(record(metrics, out.currentSystemTimeMs()));
            }
        }
        unpublished.clear();
        forget(kept);
        settings.gauges().show(latest.values(), Instant.ofEpochMilli(newestMillis));
        long endNanos = settings.nanoClock().getAsLong();
        notBeforeNanos = endNanos + COST_SHARE * (endNanos - startNanos);
    }

    private void forget(MetricStore kept) {
        List<GroupKey> old = groups.entrySet().stream()
                .filter(entry -> newestMillis - keptMillis >= lastMillis(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (GroupKey key : old) {
            groups.remove(key);
            unwritten.remove(key);
            latest.remove(key);
            kept.delete(key);
        }
    }

    private long lastMillis(GroupKey key, MetricGroup group) {
        return key.isAll() ? group.totals().newestEventMillis() : key.endMillis(windowMillis);
    }

    private Metrics metrics(GroupKey key, MetricGroup group) {
        return new Metrics(
                settings.pipeline(),
                settings.model(),
                key.version(),
                key.isAll() ? MetricsWindow.ALL_START : Instant.ofEpochMilli(key.startMillis()),
                Instant.ofEpochMilli(key.endMillis(windowMillis)),
                group.totals().rows(),
                group.totals().positives(),
                group.values(settings.config().k()));
    }

    private Record<byte[], Flow> record(Metrics metrics, long timestampMillis) {
        byte[] key = (metrics.getModel() + "@" + metrics.getVersion()).getBytes(StandardCharsets.UTF_8);
        return new Record<>(key, new Outgoing(topic, codec.encode(metrics)), timestampMillis, new RecordHeaders());
    }
}
