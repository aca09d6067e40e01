package io.millrace.trainer.example;

import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.UnreadableRecordException;
import io.millrace.schemas.avro.LabelledExample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the example topic into the examples of one model. Of each event, the last record counts, whatever
 * the order in which partitions are read; an event whose label was retracted is no example. Records that are of no use
 * are counted by their reason.
 *
 * <p>Events that are much older than the newest one are forgotten, which bounds the memory; since this depends on event
 * times alone, the same range of records always gives the same examples.
 *
 * <p>Threading: confined to one thread.
 */
public final class ExampleCollector {
    /** How many windows of training are kept: what is older is neither learned from nor replayed. */
    private static final int WINDOWS_KEPT = 12;

    private static final int FORGET_EVERY = 100_000;

    private final List<String> classes;
    private final @Nullable String featureSetHash;
    private final long keptMillis;
    private final SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
    private final Map<String, Settled> byEvent = new HashMap<>();
    private final Map<String, String> segments = new HashMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private long newestMillis = Long.MIN_VALUE;
    private long applied;
    private @Nullable Instant newestReceivedAt;

    /** What the last record of an event says; no example after a retraction. */
    private record Settled(
            int partition,
            long offset,
            long eventTimeMillis,
            @Nullable Example example) {}

    /**
     * Collects for a model.
     *
     * @param manifest of the model that goes on learning: its classes and features are those that count
     * @param window how far back a round looks
     */
    public ExampleCollector(Manifest manifest, Duration window) {
        FeatureSet features = manifest.featureSet();
        this.classes = lowerCase(manifest.classes());
        this.featureSetHash = features == null ? null : features.hash();
        this.keptMillis = window.multipliedBy(WINDOWS_KEPT).toMillis();
    }

    /**
     * Applies a record.
     *
     * @return whether it is of use to this model
     */
    public boolean apply(ConsumerRecord<byte[], byte[]> record) {
        LabelledExample read;
        try {
            if (record.value() == null) {
                throw new UnreadableRecordException("it has no value");
            }
            read = codec.decode(record.value());
        } catch (UnreadableRecordException e) {
            return skip("unreadable");
        }
        String label = read.getLabel();
        int labelIndex = label == null ? -1 : classes.indexOf(label.toLowerCase(Locale.ROOT));
        if (label != null && labelIndex < 0) {
            return skip("unknown class");
        }
        if (!fits(read)) {
            return skip(featureSetHash == null ? "no text" : "other feature set");
        }
        Instant receivedAt = read.getReceivedAt();
        if (receivedAt != null && (newestReceivedAt == null || receivedAt.isAfter(newestReceivedAt))) {
            newestReceivedAt = receivedAt;
        }
        settle(record, read, labelIndex);
        return true;
    }

    private void settle(ConsumerRecord<byte[], byte[]> record, LabelledExample read, int labelIndex) {
        Settled before = byEvent.get(read.getEventId());
        boolean older = before != null
                && (record.partition() < before.partition()
                        || (record.partition() == before.partition() && record.offset() < before.offset()));
        if (older) {
            return;
        }
        long eventTimeMillis = read.getEventTime().toEpochMilli();
        newestMillis = Math.max(newestMillis, eventTimeMillis);
        Example example = labelIndex < 0 ? null : example(read, labelIndex);
        byEvent.put(read.getEventId(), new Settled(record.partition(), record.offset(), eventTimeMillis, example));
        applied++;
        if (applied % FORGET_EVERY == 0) {
            forget();
        }
    }

    private Example example(LabelledExample read, int labelIndex) {
        String segment = read.getSegment();
        return new Example(
                read.getEventId(),
                read.getEventTime().toEpochMilli(),
                read.getLabelledAt().toEpochMilli(),
                featureSetHash == null ? null : floats(read.getFeatures()),
                featureSetHash == null ? read.getText() : null,
                labelIndex,
                read.getWeight(),
                read.getScore(),
                read.getVersion(),
                segment == null ? null : segments.computeIfAbsent(segment, same -> same));
    }

    private boolean fits(LabelledExample read) {
        return featureSetHash == null
                ? read.getText() != null
                : read.getFeatures() != null && featureSetHash.equals(read.getFeatureSet());
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static float[] floats(@Nullable List<Float> values) {
        float[] floats = new float[values == null ? 0 : values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values == null ? Float.NaN : values.get(i);
        }
        return floats;
    }

    private boolean skip(String reason) {
        skipped.merge(reason, 1L, Long::sum);
        return false;
    }

    private void forget() {
        byEvent.values().removeIf(settled -> settled.eventTimeMillis() <= newestMillis - keptMillis);
    }

    /** The examples of the records so far. */
    public ExampleSet examples() {
        forget();
        List<Example> examples = new ArrayList<>(byEvent.size());
        for (Settled settled : byEvent.values()) {
            Example example = settled.example();
            if (example != null) {
                examples.add(example);
            }
        }
        return new ExampleSet(examples);
    }

    /** When the newest label so far reached the stream; null if no record says. */
    public @Nullable Instant newestReceivedAt() {
        return newestReceivedAt;
    }

    /** Whether it collects for models like this one: of the same classes and features. */
    public boolean isFor(Manifest manifest) {
        FeatureSet features = manifest.featureSet();
        return Objects.equals(featureSetHash, features == null ? null : features.hash())
                && classes.equals(lowerCase(manifest.classes()));
    }

    /** How many records were of no use, by reason: unreadable, other feature set, unknown class, no text. */
    public Map<String, Long> skipped() {
        return Map.copyOf(skipped);
    }
}
