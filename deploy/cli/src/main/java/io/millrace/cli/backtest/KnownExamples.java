package io.millrace.cli.backtest;

import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.trainer.example.ExampleCollector;
import io.millrace.trainer.example.ExampleRange;
import io.millrace.trainer.example.ExampleRanges;
import io.millrace.trainer.example.ExampleReader;
import io.millrace.trainer.example.ExampleSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The examples of the pipeline's own example topic that are known at a time. Labels reach the stream a little before
 * their time, so what is on the topic is more than what is known.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns a reader until {@link #close}.
 */
final class KnownExamples implements AutoCloseable {
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final ExampleReader reader;
    private final ExampleCollector collector;
    private final long labelDelayMillis;
    private final SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
    /** Events whose label is on its way, with the time at which it is known. */
    private final Map<String, Long> awaited = new LinkedHashMap<>();

    /** When labels become known that are not yet. */
    private final Queue<Long> dueMillis = new PriorityQueue<>();

    private final List<Delay> uncounted = new ArrayList<>();
    private final Map<Integer, Long> labelsByDelayDays = new TreeMap<>();
    private int due;
    private ExampleRanges readSoFar = new ExampleRanges(List.of());

    /** A label that was read. */
    private record Delay(long labelledAtMillis, int days) {}

    KnownExamples(Map<String, Object> kafka, String pipeline, Manifest manifest, Duration window, Duration labelDelay) {
        this.reader = new ExampleReader(kafka, pipeline);
        this.collector = new ExampleCollector(manifest, window);
        this.labelDelayMillis = labelDelay.toMillis();
    }

    /** An event with a label was sent. */
    void await(String eventId, long eventTimeMillis) {
        awaited.put(eventId, eventTimeMillis + labelDelayMillis);
        dueMillis.add(eventTimeMillis + labelDelayMillis);
    }

    /** How many labels known at a time have not been read yet. */
    private long missing(long nowMillis) {
        return awaited.values().stream().filter(due -> due <= nowMillis).count();
    }

    /** Reads until every label that is known at a time has become an example. */
    private void readUntilKnown(long nowMillis) throws InterruptedException {
        long sinceNanos = System.nanoTime();
        long before = Long.MAX_VALUE;
        for (long missing = missing(nowMillis); missing > 0; missing = missing(nowMillis)) {
            if (missing < before) {
                before = missing;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException(missing + " labelled events have no example on topic '" + reader.topic()
                        + "' after " + STALLED.toSeconds() + " s: were they dead-lettered?");
            }
            if (!readOn()) {
                Thread.sleep(10);
            }
        }
    }

    /** Reads what is there and was not read yet; whether there was any. */
    private boolean readOn() {
        ExampleRanges available = reader.available();
        ExampleRanges more = new ExampleRanges(available.ranges().stream()
                .map(range -> new ExampleRange(
                        range.partition(), Math.max(range.from(), readSoFar.to(range.partition())), range.to()))
                .toList());
        boolean any = more.ranges().stream().anyMatch(range -> range.to() > range.from());
        if (any) {
            reader.read(more, this::apply);
            readSoFar = available;
        }
        return any;
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (!collector.apply(record)) {
            throw new FailedException("the backtest's own examples cannot be used: " + collector.skipped());
        }
        awaited.remove(new String(record.key(), StandardCharsets.UTF_8));
        LabelledExample example = codec.decode(record.value());
        Duration late = Duration.between(example.getEventTime(), example.getLabelledAt());
        uncounted.add(new Delay(example.getLabelledAt().toEpochMilli(), Math.toIntExact(late.toDays())));
    }

    /** The topic that is read. */
    String topic() {
        return reader.topic();
    }

    /** How many labels have become known at a time, those of examples that are forgotten by now among them. */
    int count(long nowMillis) {
        while (!dueMillis.isEmpty() && dueMillis.peek() <= nowMillis) {
            dueMillis.remove();
            due++;
        }
        return due;
    }

    /** What is known at a time; waits for labels that are still on their way through the stream. */
    ExampleSet at(long nowMillis) throws InterruptedException {
        readUntilKnown(nowMillis);
        countDelays(nowMillis);
        return collector.examples().where(example -> example.labelledAtMillis() <= nowMillis);
    }

    /** How late the labels came that are known at a time. */
    List<DelayBin> delays(long nowMillis) throws InterruptedException {
        readUntilKnown(nowMillis);
        countDelays(nowMillis);
        return labelsByDelayDays.entrySet().stream()
                .map(entry -> new DelayBin(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Labels that are ahead of their time are counted later: how many of them were read is chance. */
    private void countDelays(long nowMillis) {
        uncounted.removeIf(delay -> {
            boolean isKnown = delay.labelledAtMillis() <= nowMillis;
            if (isKnown) {
                labelsByDelayDays.merge(delay.days(), 1L, Long::sum);
            }
            return isKnown;
        });
    }

    @Override
    public void close() {
        reader.close();
    }
}
