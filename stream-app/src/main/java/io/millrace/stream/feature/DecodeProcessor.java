package io.millrace.stream.feature;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.StatelessFeatures;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.schemas.codec.MalformedEventException;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.runtime.PipelineMeters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a record into an event, with its stateless features if it is one of numbers, or into a dead letter with its reason.
 *
 * <p>Threading: confined to its task.
 */
public final class DecodeProcessor implements Processor<byte[], byte[], byte[], Flow> {
    private final int width;
    private final @Nullable StatelessFeatures stateless;
    private final EventCodec codec;
    private final Duration maxAhead;
    private final InstantSource clock;
    private final Routing routing;
    private final DeadLetters deadLetters;
    private final PipelineMeters meters;
    private final IdleCommits.Work work;
    private @Nullable ProcessorContext<byte[], Flow> context;

    /**
     * How events reach the first stage.
     *
     * @param firstKey which of the event's keys the first stage is keyed by; -1 when no feature has an entity
     * @param checkedPartitions number of input partitions when the input must already be partitioned by that key; 0
     *     when it need not be
     */
    public record Routing(int firstKey, int checkedPartitions) {}

    /**
     * Makes the decoder of one task.
     *
     * @param featureSet null for texts, which have no features
     */
    public DecodeProcessor(
            @Nullable FeatureSet featureSet,
            EventCodec codec,
            Duration maxAhead,
            InstantSource clock,
            Routing routing,
            DeadLetters deadLetters,
            PipelineMeters meters,
            IdleCommits idleCommits) {
        this.width = featureSet == null ? 0 : featureSet.size();
        this.stateless = featureSet == null ? null : new StatelessFeatures(featureSet);
        this.codec = codec;
        this.maxAhead = maxAhead;
        this.clock = clock;
        this.routing = routing;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.work = idleCommits.work();
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        context = initialised;
        work.open(initialised);
    }

    @Override
    public void close() {
        work.close();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], Flow> out = context;
        if (out == null) {
            throw new IllegalStateException("process before init");
        }
        work.changed();
        meters.received();
        RecordMetadata origin = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("an input record without a partition and offset"));
        byte @Nullable [] value = record.value();
        if (value == null) {
            reject(out, record, origin, DeadLetterReason.NULL_VALUE.name(), "the record has no value");
            return;
        }
        Event event;
        try {
            event = codec.decode(value);
        } catch (MalformedEventException e) {
            reject(out, record, origin, e.reason().name(), String.valueOf(e.getMessage()));
            return;
        }
        long aheadMillis = event.timeMillis() - clock.millis();
        if (aheadMillis > maxAhead.toMillis()) {
            reject(
                    out,
                    record,
                    origin,
                    DeadLetterReason.FUTURE_TIME.name(),
                    "event time "
                            + Instant.ofEpochMilli(event.timeMillis()) + " is more than " + maxAhead
                            + " ahead of the clock: mend the producer's clock, or raise input.max-ahead");
            return;
        }
        byte @Nullable [] key = record.key();
        if (routing.firstKey() >= 0) {
            key = event.keys()[routing.firstKey()].getBytes(StandardCharsets.UTF_8);
            if (routing.checkedPartitions() > 1) {
                int right = Partitions.of(key, routing.checkedPartitions());
                if (right != origin.partition()) {
                    reject(
                            out,
                            record,
                            origin,
                            DeadLetterReason.MISROUTED.name(),
                            "lies in partition "
                                    + origin.partition() + " but its key " + event.keys()[routing.firstKey()]
                                    + " belongs into " + right
                                    + ": produce with that key, or leave input.key out of the pipeline's configuration");
                    return;
                }
            }
        }
        double[] features = new double[width];
        if (stateless != null) {
            stateless.fill(event.timeMillis(), event.numbers(), features);
        }
        out.forward(envelope(
                record, key, new Envelope(event, features, record.key(), origin.partition(), origin.offset())));
    }

    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    private static Record<byte[], Flow> envelope(Record<byte[], byte[]> record, byte @Nullable [] key, Flow value) {
        return new Record<>(key, value, record.timestamp(), record.headers());
    }

    private void reject(
            ProcessorContext<byte[], Flow> out,
            Record<byte[], byte[]> record,
            RecordMetadata origin,
            String reason,
            String message) {
        out.forward(deadLetters.letter(
                record,
                record.key(),
                record.value(),
                new DeadLetters.Origin(origin.topic(), origin.partition(), origin.offset()),
                reason,
                message));
    }
}
