package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.event.Envelope;
import io.millrace.stream.event.Flow;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.swap.ModelLease;
import io.millrace.stream.swap.ModelSlot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows into batches and scores each batch with one version. A batch closes when it is full, when its oldest
 * row has lingered or waited an eighth of the time that the last batch took, and before each commit. Rows leave in the
 * order in which they came. Where batches take long, the thread does not commit early while one gathers. That a version
 * was taken is told with the commit of its first scores, which costs the record path nothing.
 *
 * <p>A full batch that is worth a hand-over is run on another thread while the next one gathers, at most one at a time; any
 * other is run by the task itself.
 *
 * <p>Threading: confined to its task. Lifecycle: rows that wait are lost with the task and come again, since their
 * offsets are committed only after {@link CommitHook} has drained them.
 */
public final class ScoringProcessor implements Processor<byte[], Flow, byte[], Flow> {
    /**
     * Where a batch takes long, as with texts, the next one gathers for this part of that time, so that it is full: small
     * batches would cost more than the wait.
     */
    private static final int GATHERING_PARTS = 8;

    /** To have another thread run a batch costs the task some 20 microseconds, and the other thread a core. */
    private static final long WORTH_HANDING_OVER_NANOS = 50_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Settings settings;
    private final ModelSlot slot;
    private final IdleCommits.Work work;
    private final ActivationWriter activations;
    private final long lingerNanos;
    private long runNanos;
    private long fullRunNanos;
    private Scorer gathering;
    private Scorer other;
    private @Nullable Flight flight;
    private @Nullable ProcessorContext<byte[], Flow> context;
    private @Nullable ModelRef active;
    private @Nullable Cancellable alarm;
    private @Nullable Cancellable flightAlarm;

    /**
     * What the processors of all tasks share.
     *
     * @param features names of the features, in the order of a row; none of texts
     * @param classes of the model
     * @param shape of the events
     * @param labelledEntities the entities that an event's label must reach
     * @param inputTopic named in dead letters
     * @param inference runs full batches while their tasks gather the next ones
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
            PipelineMeters meters,
            Executor inference) {}

    ScoringProcessor(Settings settings, ModelSlot slot, IdleCommits idleCommits) {
        PipelineConfig pipeline = settings.pipeline();
        this.settings = settings;
        this.slot = slot;
        this.work = idleCommits.work();
        if (pipeline.readsTexts()) {
            AnswerCache cache = new AnswerCache(pipeline.batch().cacheTexts());
            this.gathering = new TextScorer(settings, slot, cache);
            this.other = new TextScorer(settings, slot, cache);
        } else {
            this.gathering = new RowScorer(settings);
            this.other = new RowScorer(settings);
        }
        this.activations = new ActivationWriter(pipeline.name(), settings.instance());
        this.lingerNanos = pipeline.batch().linger().toNanos();
    }

    /** Supplies the processor of each task, with the hook that drains it. */
    public static ProcessorSupplier<byte[], Flow, byte[], Flow> supplier(
            Settings settings, ModelSlot slot, IdleCommits idleCommits) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Flow, byte[], Flow> get() {
                return new ScoringProcessor(settings, slot, idleCommits);
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
        clear();
        activations.clear();
        active = null;
        context = initialised;
        work.open(initialised);
        CommitHook hook = initialised.getStateStore(hookName(settings.pipeline()));
        hook.beforeCommit(initialised, () -> drainAndTell(initialised));
    }

    @Override
    public void process(Record<byte[], Flow> record) {
        ProcessorContext<byte[], Flow> out = context;
        if (out == null) {
            throw new IllegalStateException("process before init");
        }
        work.changed();
        RecordMetadata at = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a row without a partition and offset"));
        landIfDone(out);
        Envelope envelope = (Envelope) record.value();
        boolean begins = gathering.isEmpty();
        gathering.add(new PendingRow(record, envelope, at.partition(), at.offset()));
        if (begins) {
            alarm = schedule(out, gatherNanos(), this::closeInTime);
            hold();
        }
        if (gathering.isFull()) {
            if (fullRunNanos >= WORTH_HANDING_OVER_NANOS) {
                launch(out);
            } else {
                drain(out);
            }
        }
    }

    @Override
    public void close() {
        clear();
        work.close();
    }

    /**
     * Has something done soon if no record comes. A punctuation that ran at all times would cost much more than its own run:
     * after each, Kafka Streams halves the number of records that it takes from a task at once.
     */
    private static Cancellable schedule(
            ProcessorContext<byte[], Flow> out, long afterNanos, Consumer<ProcessorContext<byte[], Flow>> action) {
        Duration wait = Duration.ofMillis(Math.max(1, (afterNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
        return out.schedule(wait, PunctuationType.WALL_CLOCK_TIME, wallClock -> action.accept(out));
    }

    private void clear() {
        gathering.clear();
        gathered();
        Flight aborted = flight;
        if (aborted != null) {
            landed();
            aborted.close();
        }
        hold();
    }

    /** Slow batches had better not be cut short by an idle thread's commit. */
    private void hold() {
        work.hold(gatherNanos() > lingerNanos && (flight != null || !gathering.isEmpty()));
    }

    private long gatherNanos() {
        return Math.max(lingerNanos, runNanos / GATHERING_PARTS);
    }

    private void gathered() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void landed() {
        flight = null;
        if (flightAlarm != null) {
            flightAlarm.cancel();
            flightAlarm = null;
        }
    }

    private void drainAndTell(ProcessorContext<byte[], Flow> out) {
        drain(out);
        if (!activations.isEmpty()) {
            long startNanos = settings.nanoClock().getAsLong();
            activations.tell(out);
            settings.meters().activationTold(settings.nanoClock().getAsLong() - startNanos);
        }
    }

    /** Before a batch that is under way has landed the next one only grows: the alarm comes again. */
    private void closeInTime(ProcessorContext<byte[], Flow> out) {
        if (flight == null || flight.isDone()) {
            drain(out);
        }
    }

    /** Scores all that waits, and waits for it. */
    private void drain(ProcessorContext<byte[], Flow> out) {
        land(out);
        if (gathering.isEmpty()) {
            return;
        }
        try (ModelLease lease = leaseFor(gathering)) {
            gathering.prepare(lease.model());
            ran(gathering, gathering.run(lease.model()));
            gathering.emit(lease.model(), out);
        }
        gathering.clear();
        gathered();
        hold();
    }

    private void launch(ProcessorContext<byte[], Flow> out) {
        land(out);
        Scorer full = gathering;
        ModelLease lease = leaseFor(full);
        try {
            full.prepare(lease.model());
            flight = Flight.begin(full, lease, settings.inference());
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
        gathering = other;
        other = full;
        gathered();
        flightAlarm = schedule(out, Math.max(lingerNanos, fullRunNanos), this::landIfDone);
        hold();
    }

    private void landIfDone(ProcessorContext<byte[], Flow> out) {
        if (flight != null && flight.isDone()) {
            land(out);
        }
    }

    private void land(ProcessorContext<byte[], Flow> out) {
        if (flight == null) {
            return;
        }
        try (Flight landing = flight) {
            landed();
            ran(landing.batch(), landing.await());
            landing.batch().emit(landing.lease().model(), out);
        }
        hold();
    }

    private void ran(Scorer batch, long nanos) {
        runNanos = nanos;
        if (batch.isFull()) {
            fullRunNanos = nanos;
        }
    }

    private ModelLease leaseFor(Scorer batch) {
        long beganNanos = settings.nanoClock().getAsLong();
        ModelLease lease = slot.lease()
                .orElseThrow(() -> new IllegalStateException(
                        "no model in the slot of " + settings.pipeline().name() + ": a pipeline starts only with one"));
        LoadedModel model = lease.model();
        if (!model.ref().equals(active)) {
            activations.taken(model, batch.first(), settings.clock().instant());
            active = model.ref();
            settings.meters().activated(settings.nanoClock().getAsLong() - beganNanos);
        }
        return lease;
    }
}
