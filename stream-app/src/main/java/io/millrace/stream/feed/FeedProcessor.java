package io.millrace.stream.feed;

import io.millrace.schemas.avro.FeedPoint;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.runtime.FeedMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the windows of the subjects of a partition, and writes those that have changed before each commit: a text that
 * comes late corrects its window by a record of a higher revision.
 *
 * <p>A window is closed, and its texts are forgotten, when event time has come its grace past its end: what comes for it
 * after that is counted, and changes nothing. Event time is that of the newest text of the partition, but never ahead of
 * the clock, so that one text dated ahead closes no windows before their time.
 *
 * <p>Threading: confined to its task.
 */
public final class FeedProcessor implements Processor<byte[], FeedItem, byte[], Flow> {
    private final Settings settings;
    private final List<Duration> windows;
    private final WindowTotals.Terms terms;
    private final long graceMillis;
    private final long keptMillis;
    private final String topic;
    private final PointWriter writer;
    private final Map<WindowKey, WindowTotals> changed = new LinkedHashMap<>();
    private @Nullable FeedStore kept;
    private long eventTimeMillis;
    private long storedEventTimeMillis;

    /**
     * What it works with.
     *
     * @param classes of the model
     * @param format of the points
     * @param storeName of its windows
     * @param hookName of the hook that writes them
     */
    public record Settings(
            String pipeline,
            String model,
            int classes,
            FeedConfig config,
            ScoreFormat format,
            String storeName,
            String hookName,
            InstantSource clock,
            FeedMeters meters) {}

    /** Makes the processor of one task. */
    public FeedProcessor(Settings settings) {
        FeedConfig config = settings.config();
        this.settings = settings;
        this.windows = config.windows();
        this.terms = new WindowTotals.Terms(config.halfLife().toMillis(), config.texts(), settings.classes());
        this.graceMillis = config.grace().toMillis();
        this.keptMillis = config.kept().toMillis();
        this.topic = TopicCatalogue.feed(settings.pipeline());
        this.writer = new PointWriter(settings.format());
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        // A task that Kafka Streams revives after a failure keeps its processors: what they held was rolled back.
        changed.clear();
        FeedStore store = new FeedStore(initialised.getStateStore(settings.storeName()));
        kept = store;
        eventTimeMillis = store.eventTimeMillis();
        storedEventTimeMillis = eventTimeMillis;
        CommitHook hook = initialised.getStateStore(settings.hookName());
        hook.beforeCommit(initialised, () -> {
            write(initialised, store);
            expire(store);
        });
    }

    @Override
    public void process(Record<byte[], FeedItem> record) {
        FeedStore store = kept;
        if (store == null) {
            throw new IllegalStateException("process before init");
        }
        FeedItem item = record.value();
        settings.meters().item();
        for (Duration window : windows) {
            if (!add(item, WindowKey.of(item, window.toMillis()), store)) {
                settings.meters().late(window);
            }
        }
        long now = settings.clock().millis();
        eventTimeMillis = Math.max(eventTimeMillis, Math.min(item.timeMillis(), now));
    }

    @Override
    public void close() {
        changed.clear();
    }

    private boolean add(FeedItem item, WindowKey key, FeedStore store) {
        if (key.endMillis() + graceMillis <= eventTimeMillis) {
            return false;
        }
        WindowTotals totals = changed.get(key);
        if (totals == null) {
            totals = store.totals(key);
        }
        if (totals == null) {
            totals = new WindowTotals(terms, key.endMillis());
            store.putDue(key.endMillis() + graceMillis, key);
        } else if (totals.counts().closed()) {
            return false;
        }
        totals.add(item, store.texts(key));
        changed.put(key, totals);
        return true;
    }

    private void write(ProcessorContext<byte[], Flow> out, FeedStore store) {
        changed.forEach((key, totals) -> {
            totals.revise(store.texts(key));
            store.put(key, totals);
            FeedPoint point = FeedPoints.of(key, totals, settings.model());
            out.forward(new Record<>(
                    FeedPoints.topicKey(key),
                    new Outgoing(topic, writer.write(point)),
                    Math.max(0, eventTimeMillis),
                    new RecordHeaders()));
            settings.meters().point();
        });
        changed.clear();
    }

    private void expire(FeedStore store) {
        if (eventTimeMillis == storedEventTimeMillis) {
            return;
        }
        List<WindowKey> due = store.takeDue(storedEventTimeMillis, eventTimeMillis);
        store.putEventTime(eventTimeMillis);
        storedEventTimeMillis = eventTimeMillis;
        for (WindowKey key : due) {
            WindowTotals totals = store.totals(key);
            if (totals == null) {
                continue;
            }
            if (!totals.counts().closed()) {
                store.deleteTexts(key);
                totals.close();
                store.put(key, totals);
            }
            if (key.endMillis() + keptMillis <= eventTimeMillis) {
                store.delete(key);
            } else {
                store.putDue(key.endMillis() + keptMillis, key);
            }
        }
    }
}
