package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.codec.EventShape;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.feature.DeadLetterReason;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.swap.ModelLease;
import io.millrace.stream.swap.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers rows into batches and scores each batch with one version. A batch closes when it is full, when its oldest
 * row has lingered, and before each commit. Rows leave in the order in which they came.
 *
 * <p>Threading: confined to its task. Lifecycle: rows that wait are lost with the task and come again, since their
 * offsets are committed only after {@link CommitHook} has drained them.
 */
public final class ScoringProcessor implements Processor<byte[], Flow, byte[], Flow> {
    private static final Logger log = LoggerFactory.getLogger(ScoringProcessor.class);

    private final Settings settings;
    private final ModelSlot slot;
    private final ScoreWriter writer;
    private final ScoreBatch batch;
    private final List<PendingRow> rows;
    private final String scoresTopic;
    private final String alertsTopic;
    private final String activationsTopic;
    private final @Nullable Snapshots snapshots;
    private final long lingerNanos;
    private @Nullable ProcessorContext<byte[], Flow> context;
    private @Nullable ModelRef active;
    private long oldestNanos;

    /**
     * What the processors of all tasks share.
     *
     * @param features names of the features, in the order of a row
     * @param classes of the model
     * @param shape of the events
     * @param labelledEntities the entities that an event's label must reach
     * @param inputTopic named in dead letters
     */
    public record Settings(
            PipelineConfig pipeline,
            String instance,
            List<String> features,
            int classes,
            EventShape shape,
            List<String> labelledEntities,
            String inputTopic,
            InstantSource clock,
            LongSupplier nanoClock,
            DeadLetters deadLetters,
            PipelineMeters meters) {}

    ScoringProcessor(Settings settings, ModelSlot slot) {
        PipelineConfig pipeline = settings.pipeline();
        this.settings = settings;
        this.slot = slot;
        this.writer = new ScoreWriter(pipeline, settings.instance(), settings.features());
        this.batch = new ScoreBatch(pipeline.batch().rows(), settings.features().size(), settings.classes());
        this.rows = new ArrayList<>(pipeline.batch().rows());
        LabelsConfig labels = pipeline.labels();
        this.snapshots = labels == null ? null : new Snapshots(labels, settings.shape(), settings.labelledEntities());
        this.lingerNanos = pipeline.batch().linger().toNanos();
        this.scoresTopic = TopicCatalogue.scores(pipeline.name());
        this.alertsTopic = TopicCatalogue.alerts(pipeline.name());
        this.activationsTopic = TopicCatalogue.activations(pipeline.name());
    }

    /** Supplies the processor of each task, with the hook that drains it. */
    public static ProcessorSupplier<byte[], Flow, byte[], Flow> supplier(Settings settings, ModelSlot slot) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Flow, byte[], Flow> get() {
                return new ScoringProcessor(settings, slot);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(new CommitHook.Builder(hookName(settings.pipeline())));
            }
        };
    }

    private static String hookName(PipelineConfig pipeline) {
        return pipeline.name() + "-waiting-rows";
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        // A task that Kafka Streams revives after a failure keeps its processors: what they held was rolled back.
        rows.clear();
        batch.clear();
        active = null;
        context = initialised;
        CommitHook hook = initialised.getStateStore(hookName(settings.pipeline()));
        hook.beforeCommit(initialised, () -> drain(initialised));
        Duration interval = Duration.ofMillis(
                Math.max(1, settings.pipeline().batch().linger().toMillis() / 2));
        initialised.schedule(interval, PunctuationType.WALL_CLOCK_TIME, wallClock -> {
            if (!rows.isEmpty() && settings.nanoClock().getAsLong() - oldestNanos >= lingerNanos) {
                drain(initialised);
            }
        });
    }

    @Override
    public void process(Record<byte[], Flow> record) {
        ProcessorContext<byte[], Flow> out = context;
        if (out == null) {
            throw new IllegalStateException("process before init");
        }
        RecordMetadata at = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a row without a partition and offset"));
        Envelope envelope = (Envelope) record.value();
        if (rows.isEmpty()) {
            oldestNanos = settings.nanoClock().getAsLong();
        }
        rows.add(new PendingRow(record, envelope, at.partition(), at.offset()));
        batch.add(envelope.features());
        if (batch.isFull()) {
            drain(out);
        }
    }

    @Override
    public void close() {
        rows.clear();
        batch.clear();
    }

    private void drain(ProcessorContext<byte[], Flow> out) {
        if (rows.isEmpty()) {
            return;
        }
        try (ModelLease lease = slot.lease()
                .orElseThrow(() -> new IllegalStateException("no model in the slot of "
                        + settings.pipeline().name() + ": a pipeline starts only with one"))) {
            score(out, lease.model());
        }
        rows.clear();
        batch.clear();
    }

    private void score(ProcessorContext<byte[], Flow> out, LoadedModel model) {
        long startNanos = settings.nanoClock().getAsLong();
        try {
            model.score(batch);
        } catch (IllegalStateException e) {
            scoreOneByOne(out, model, e);
            return;
        }
        settings.meters().batch(rows.size(), settings.nanoClock().getAsLong() - startNanos);
        Instant now = settings.clock().instant();
        activateIfNew(out, model, now);
        double threshold = writer.threshold(model.manifest());
        for (int i = 0; i < rows.size(); i++) {
            emit(out, model, threshold, rows.get(i), i, now);
        }
    }

    /** A row that the model cannot run takes no other row with it. */
    private void scoreOneByOne(ProcessorContext<byte[], Flow> out, LoadedModel model, IllegalStateException failure) {
        log.atWarn()
                .addKeyValue("model", model.ref())
                .addKeyValue("rows", rows.size())
                .setCause(failure)
                .log("a batch failed and is scored row by row");
        Instant now = settings.clock().instant();
        activateIfNew(out, model, now);
        double threshold = writer.threshold(model.manifest());
        for (PendingRow row : rows) {
            batch.clear();
            batch.add(row.envelope().features());
            try {
                model.score(batch);
            } catch (IllegalStateException e) {
                out.forward(unscorable(row, String.valueOf(e.getMessage())));
                continue;
            }
            emit(out, model, threshold, row, 0, now);
        }
    }

    private void emit(
            ProcessorContext<byte[], Flow> out,
            LoadedModel model,
            double threshold,
            PendingRow row,
            int index,
            Instant now) {
        double probability = batch.probability(index, settings.classes() - 1);
        if (Double.isNaN(probability) || Double.isInfinite(probability)) {
            out.forward(unscorable(row, model.ref() + " gave " + probability));
            return;
        }
        byte[] score = writer.score(model, threshold, row, batch, index, now);
        settings.meters().scored();
        out.forward(outgoing(row, scoresTopic, score));
        if (probability >= threshold) {
            settings.meters().alert();
            out.forward(outgoing(row, alertsTopic, score));
        }
        if (snapshots != null) {
            ScoredEvent event = snapshots.of(row, probability, threshold, model.ref());
            out.forward(row.record()
                    .withKey(event.eventId().getBytes(StandardCharsets.UTF_8))
                    .withValue(event));
        }
    }

    private void activateIfNew(ProcessorContext<byte[], Flow> out, LoadedModel model, Instant now) {
        if (!model.ref().equals(active)) {
            activate(out, model, now);
        }
    }

    private void activate(ProcessorContext<byte[], Flow> out, LoadedModel model, Instant now) {
        PendingRow first = rows.get(0);
        byte[] key = Integer.toString(first.partition()).getBytes(StandardCharsets.UTF_8);
        out.forward(new Record<>(
                key,
                new Outgoing(activationsTopic, writer.activation(model, first, now)),
                first.record().timestamp(),
                new RecordHeaders()));
        settings.meters().activated();
        active = model.ref();
    }

    @SuppressWarnings("NullAway") // a record without a key is Kafka's own way to say so
    private static Record<byte[], Flow> outgoing(PendingRow row, String topic, byte[] value) {
        return row.record().withKey(row.envelope().originalKey()).withValue(new Outgoing(topic, value));
    }

    private Record<byte[], Flow> unscorable(PendingRow row, String reason) {
        Envelope envelope = row.envelope();
        Record<byte[], Flow> letter = settings.deadLetters()
                .letter(
                        row.record(),
                        envelope.originalKey(),
                        envelope.event().toString().getBytes(StandardCharsets.UTF_8),
                        new DeadLetters.Origin(
                                settings.inputTopic(), envelope.inputPartition(), envelope.inputOffset()),
                        DeadLetterReason.NOT_SCORABLE.name(),
                        reason + " for features " + Arrays.toString(envelope.features()));
        letter.headers().add(DeadLetters.RECONSTRUCTED, "true".getBytes(StandardCharsets.UTF_8));
        return letter;
    }
}
