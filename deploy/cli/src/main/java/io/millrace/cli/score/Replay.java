package io.millrace.cli.score;

import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventShape;
import io.millrace.schemas.codec.FieldMapping;
import io.millrace.schemas.codec.JsonEventCodec;
import io.millrace.schemas.codec.MalformedEventException;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.runtime.PipelineMeters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of an input to a pipeline's input topic, and their labels to its feedback topic, late by a fixed
 * delay of event time.
 *
 * <p>The result does not depend on how quickly either is read. A feature sees a label only from the label's own time
 * on, however early it arrives, so that a label may come too early but never too late. Event time is cut into blocks
 * of a quarter of the delay: the labels of a block are sent one block ahead, when their events were sent two blocks
 * before, and a block's events wait until its labels have reached the features.
 *
 * <p>Threading: confined to one thread.
 */
final class Replay {
    private static final int BLOCKS_PER_DELAY = 4;
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final PipelineConfig pipeline;
    private final LabelValues labelValues;
    private final Producer<byte[], byte[]> producer;
    private final PipelineMeters meters;
    private final @Nullable LateLabels labels;
    private final ReplayListener listener;
    private final long blockMillis;
    private final JsonEventCodec codec;
    private final int keyIndex;
    private final @Nullable SingleObject<Label> labelCodec;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long blockEndMillis = Long.MIN_VALUE;
    private long labelsSent;
    private final AtomicLong rowsSent = new AtomicLong();

    /** Makes a replay of a plan; {@code shape} is that of the events, as the model needs them. */
    Replay(
            ReplayRun.Plan plan,
            EventShape shape,
            Producer<byte[], byte[]> producer,
            PipelineMeters meters,
            ReplayListener listener) {
        Duration labelsAfter = plan.labelsAfter();
        this.pipeline = plan.pipeline();
        this.labelValues = plan.labelValues();
        this.producer = producer;
        this.meters = meters;
        this.labels = labelsAfter == null ? null : new LateLabels(labelsAfter.toMillis());
        this.listener = listener;
        this.blockMillis = labelsAfter == null
                ? 0
                : Math.max(1, Math.min(plan.block().toMillis(), labelsAfter.toMillis() / BLOCKS_PER_DELAY));
        this.labelCodec = labelsAfter == null ? null : SingleObject.of(Label.class, SchemaStore.ofOwn());
        InputConfig input = pipeline.input();
        TextLayout texts = plan.texts();
        FieldMapping mapping = new FieldMapping(
                input.id(), input.time(), input.timePattern(), texts == null ? null : texts.text(), input.fields());
        this.codec = new JsonEventCodec(mapping, shape);
        this.keyIndex = InputKey.place(input, shape);
    }

    /** Rows sent so far. */
    long rowsSent() {
        return rowsSent.get();
    }

    /** Sends the rows before an event of this time; returns when the broker has them all. */
    void send(InputRows rows, long untilMillis) throws IOException, InterruptedException {
        InputRow row = rows.next();
        while (row != null && send(row, untilMillis)) {
            row = rows.next();
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("a row could not be sent", failed);
        }
    }

    private boolean send(InputRow row, long untilMillis) throws InterruptedException {
        byte[] key = null;
        try {
            Event event = codec.decode(row.json());
            if (event.timeMillis() >= untilMillis) {
                return false;
            }
            if (keyIndex >= 0) {
                key = event.keys()[keyIndex].getBytes(StandardCharsets.UTF_8);
            }
            String label = null;
            if (labels != null) {
                enterBlock(event.timeMillis(), labels);
                label = row.label() == null ? null : labelValues.classOf(row.label());
                if (label != null) {
                    labels.add(event.id(), event.timeMillis(), label);
                }
            }
            listener.sending(event, label);
        } catch (MalformedEventException e) {
            // Sent all the same: the pipeline dead-letters it with its reason.
            listener.sendingUnreadable();
        }
        produce(pipeline.input().topic(), key, row.json());
        rowsSent.incrementAndGet();
        return true;
    }

    private void enterBlock(long timeMillis, LateLabels late) throws InterruptedException {
        if (blockEndMillis == Long.MIN_VALUE) {
            blockEndMillis = Math.floorDiv(timeMillis, blockMillis) * blockMillis + blockMillis;
            return;
        }
        while (timeMillis >= blockEndMillis) {
            long sentBefore = labelsSent;
            long blockStartMillis = blockEndMillis;
            blockEndMillis += blockMillis;
            sendLabels(late, blockEndMillis + blockMillis);
            awaitLabels(sentBefore);
            listener.reached(blockStartMillis);
        }
    }

    private void sendLabels(LateLabels late, long untilMillis) {
        LabelsConfig config = pipeline.labels();
        if (config == null || labelCodec == null) {
            throw new IllegalStateException("a pipeline without labels was given late ones");
        }
        for (LateLabels.Due due = late.nextUntil(untilMillis); due != null; due = late.nextUntil(untilMillis)) {
            Label label = Label.newBuilder()
                    .setEventId(due.eventId())
                    .setLabel(due.label())
                    .setLabelledAt(Instant.ofEpochMilli(due.labelledAtMillis()))
                    .setEventTime(Instant.ofEpochMilli(due.eventTimeMillis()))
                    .setSource("replay")
                    .build();
            produce(config.topic(), due.eventId().getBytes(StandardCharsets.UTF_8), labelCodec.encode(label));
            labelsSent++;
        }
    }

    /** Waits until so many labels have reached the features that need them. */
    private void awaitLabels(long count) throws InterruptedException {
        long progress = -1;
        long since = System.nanoTime();
        while (meters.labelsClosedCount() < count || meters.labelsAppliedCount() < meters.labelsRoutedCount()) {
            long now = meters.scoredCount() + meters.labelsClosedCount() + meters.labelsAppliedCount();
            if (now != progress) {
                progress = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STALLED.toNanos()) {
                throw new IllegalStateException("no progress for " + STALLED.toSeconds() + " s: "
                        + meters.labelsClosedCount() + " of " + count + " labels were joined to their event, "
                        + meters.labelsAppliedCount() + " of " + meters.labelsRoutedCount()
                        + " reached the features; a label whose event was dead-lettered waits for ever");
            }
            Thread.sleep(1);
        }
    }

    private void produce(String topic, byte @Nullable [] key, byte[] value) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }
}
