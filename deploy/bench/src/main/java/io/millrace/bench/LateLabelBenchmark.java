package io.millrace.bench;

import io.millrace.bench.LateLabelPlan.Saying;
import io.millrace.bench.LateLabelPlan.Text;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import io.millrace.stream.runtime.LabelBalance;
import io.millrace.stream.runtime.PipelineMeters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Question: is every label accounted for, however late it comes, and is the state bounded?
 *
 * <p>Threading: confined to one thread. Lifecycle: all that a run starts ends with it.
 */
public final class LateLabelBenchmark {
    private static final Duration STALLED = Duration.ofMinutes(2);
    private static final int SIZES = 16;
    private static final byte[] UNREADABLE = "no label".getBytes(StandardCharsets.UTF_8);

    private final LateLabelPlan plan;
    private final Duration horizon;
    private final LongSupplier nanoClock;
    private final SingleObject<Label> labelCodec = SingleObject.of(Label.class, SchemaStore.ofOwn());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<List<Saying>> sayingsByStep = new ArrayList<>();
    private long eventsSent;
    private long labelsSent;

    /**
     * Makes a benchmark.
     *
     * @param span of event time that the events are spread over
     * @param step of event time that is sent at once
     */
    public LateLabelBenchmark(
            int events, Duration span, Duration horizon, Duration step, long seed, LongSupplier nanoClock) {
        this.plan = new LateLabelPlan(new LateLabelPlan.Settings(events, span, horizon, step, seed));
        this.horizon = horizon;
        this.nanoClock = nanoClock;
        for (int i = 0; i < plan.steps(); i++) {
            sayingsByStep.add(new ArrayList<>());
        }
    }

    /** Runs the plan through a pipeline in a folder, and answers what became of it. */
    public LateLabelReport run(Path folder, LongConsumer progress) throws IOException, InterruptedException {
        long startNanos = nanoClock.getAsLong();
        List<LateLabelReport.StateSize> sizes = new ArrayList<>();
        try (LateLabelPipeline pipeline = new LateLabelPipeline(folder, horizon);
                Producer<byte[], byte[]> producer = producer(pipeline)) {
            for (int event = 0; event < plan.events(); event++) {
                plan.sayings(event)
                        .forEach(saying -> sayingsByStep
                                .get(plan.step(saying.sentMillis()))
                                .add(saying));
            }
            int next = 0;
            for (int step = 0; step < plan.steps(); step++) {
                while (next < plan.events() && plan.step(plan.eventMillis(next)) <= step) {
                    sendEvent(producer, Integer.toString(next), plan.eventMillis(next), next);
                    next++;
                }
                sendEvent(producer, "tick-" + step, plan.lastMillisOf(step), step);
                List<Saying> sayings = sayingsByStep.get(step);
                sayings.forEach(saying -> sendLabel(producer, saying));
                sayings.clear();
                awaitDigested(producer, pipeline.meters());
                progress.accept(next);
                if (step % Math.max(1, plan.steps() / SIZES) == 0 || step == plan.steps() - 1) {
                    sizes.add(new LateLabelReport.StateSize(
                            plan.lastMillisOf(step),
                            next,
                            pipeline.meters().labels().balance().waiting(),
                            pipeline.stateBytes()));
                }
            }
            LabelBalance balance = pipeline.meters().labels().balance();
            pipeline.stop();
            LateLabelOutcomes found = LateLabelOutcomes.read(pipeline.kafka(), plan.events());
            return LateLabelReport.of(plan, balance, found, sizes, nanoClock.getAsLong() - startNanos);
        }
    }

    private static Producer<byte[], byte[]> producer(LateLabelPipeline pipeline) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        pipeline.kafka().get("bootstrap.servers"),
                        "linger.ms",
                        5,
                        "batch.size",
                        128 * 1024,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void sendEvent(Producer<byte[], byte[]> producer, String id, long timeMillis, int number) {
        String card = "c" + number % 5_000;
        String json = "{\"id\":\"" + id + "\",\"time\":" + timeMillis + ",\"card\":\"" + card + "\",\"shop\":\"s"
                + number % 1_000 + "\",\"amount\":" + number % 300 + "}";
        send(producer, LateLabelPipeline.INPUT, card, json.getBytes(StandardCharsets.UTF_8));
        eventsSent++;
    }

    private void sendLabel(Producer<byte[], byte[]> producer, Saying saying) {
        Text text = saying.text();
        byte[] value = text == null ? UNREADABLE : labelCodec.encode(label(saying.event(), text));
        send(producer, LateLabelPipeline.FEEDBACK, saying.event(), value);
        labelsSent++;
    }

    private static Label label(String event, Text text) {
        Long eventTimeMillis = text.eventTimeMillis();
        return Label.newBuilder()
                .setEventId(event)
                .setLabel(text.retracted() ? "" : LateLabelPipeline.CLASSES.get(text.positive() ? 1 : 0))
                .setRetracted(text.retracted())
                .setLabelledAt(Instant.ofEpochMilli(text.labelledAtMillis()))
                .setEventTime(eventTimeMillis == null ? null : Instant.ofEpochMilli(eventTimeMillis))
                .setSource("bench")
                .build();
    }

    private void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /** Waits until all that was sent has been scored, joined, or lies in wait. */
    private void awaitDigested(Producer<byte[], byte[]> producer, PipelineMeters meters) throws InterruptedException {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("a record could not be sent", failed);
        }
        long progress = -1;
        long sinceNanos = nanoClock.getAsLong();
        while (meters.labels().eventsJoinedCount() < eventsSent
                || meters.labelsReceivedCount() < labelsSent
                || meters.labels().balance().unaccounted() != 0) {
            long now = meters.scoredCount() + meters.labels().eventsJoinedCount() + meters.labelsReceivedCount();
            if (now != progress) {
                progress = now;
                sinceNanos = nanoClock.getAsLong();
            } else if (nanoClock.getAsLong() - sinceNanos > STALLED.toNanos()) {
                throw new IllegalStateException("no progress for " + STALLED.toMinutes() + " minutes: of " + eventsSent
                        + " events " + meters.scoredCount() + " were scored, "
                        + meters.labels().eventsJoinedCount() + " reached the join; of " + labelsSent + " labels "
                        + meters.labelsReceivedCount());
            }
            Thread.sleep(2);
        }
    }
}
