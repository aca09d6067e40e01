package io.millrace.stream.feedback;

import io.millrace.stream.commit.CommitHook;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.event.ScoredEventBytes;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.feedback.EarlyLabels.Waiting;
import io.millrace.stream.feedback.LabelIntake.Incoming;
import io.millrace.stream.runtime.LabelMeters;
import io.millrace.stream.runtime.PipelineMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Joins a label to the event it speaks of, as that was scored. A label that comes before its event waits for it, at
 * most until the label horizon has passed; then it goes to the orphan topic.
 *
 * <p>Every label ends in exactly one way: settled, duplicate, superseded, orphaned or dead-lettered; until then it
 * waits.
 *
 * <p>Threading: confined to its task. Both inputs are keyed by event id. Units: time is the event time that the task
 * has seen; no clock decides.
 */
public final class LabelJoinProcessor implements Processor<byte[], Object, byte[], Flow> {
    private final Settings settings;
    private final LabelMeters meters;
    private final LabelIntake intake;
    private final Orphans orphans;
    private final long horizonMillis;
    private @Nullable Task task;

    /**
     * What the processors of all tasks share.
     *
     * @param featureSetHash null for a model of texts
     * @param labelledEntities the entities that hear of a label, in the order of {@link ScoredEvent#entityKeys()}
     * @param negativesMatter whether a feature asks for more than positive labels and their corrections
     * @param classes the model's class names, the positive one last
     * @param horizon how long events and labels wait for each other
     * @param maxAhead labels from further ahead of the clock wait no longer than those from there
     * @param labelPartitions of the feedback topic, which must be keyed by event id
     */
    public record Settings(
            String pipeline,
            String model,
            @Nullable String featureSetHash,
            List<String> labelledEntities,
            boolean negativesMatter,
            List<String> classes,
            Duration horizon,
            Duration maxAhead,
            StoreNames stores,
            int labelPartitions,
            InstantSource clock,
            DeadLetters deadLetters,
            PipelineMeters meters) {}

    /** The names of the stores that a join works with. */
    public record StoreNames(String events, String told, String early, String hook) {}

    /** The state of one task, from its initialisation to its end. */
    private final class Task {
        final ProcessorContext<byte[], Flow> out;
        final ScoredEvents events;
        final ToldLabels told;
        final EarlyLabels early;
        final Settlement settlement;
        private final JudgementBuffer judgements;
        private boolean marked;
        private long seenMillis = Long.MIN_VALUE;
        private long keptSeenMillis = Long.MIN_VALUE;

        Task(ProcessorContext<byte[], Flow> out) {
            this.out = out;
            events = new ScoredEvents(out.getStateStore(settings.stores().events()));
            told = new ToldLabels(out.getStateStore(settings.stores().told()));
            early = new EarlyLabels(out.getStateStore(settings.stores().early()));
            judgements = new JudgementBuffer(out, settings.classes().size());
            settlement = new Settlement(settings, told, judgements);
            Long seen = early.seenMillis();
            if (seen != null) {
                marked = true;
                seenMillis = seen;
                keptSeenMillis = seen;
            }
        }

        /**
         * A store that was never written has no place in the checkpoint, and under exactly-once Kafka Streams then
         * takes the whole task for damaged at the next start, wipes it and restores it. So each store gets one entry.
         */
        void markStores() {
            if (!marked) {
                marked = true;
                events.mark();
                told.mark();
                early.keepSeenMillis(seenMillis);
            }
        }

        void beforeCommit() {
            judgements.flush();
            if (seenMillis != keptSeenMillis) {
                early.keepSeenMillis(seenMillis);
                keptSeenMillis = seenMillis;
            }
        }

        boolean isForgotten(long eventTimeMillis) {
            return seenMillis - horizonMillis >= eventTimeMillis && seenMillis != Long.MIN_VALUE;
        }
    }

    /** Makes the join of one task. */
    public LabelJoinProcessor(Settings settings) {
        this.settings = settings;
        this.meters = settings.meters().labels();
        this.intake = new LabelIntake(settings.classes(), settings.labelPartitions(), settings.deadLetters());
        this.orphans = new Orphans(settings.pipeline());
        this.horizonMillis = settings.horizon().toMillis();
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        Task started = new Task(initialised);
        CommitHook hook = initialised.getStateStore(settings.stores().hook());
        hook.beforeCommit(initialised, started::beforeCommit);
        meters.waitingFound(started.early.count());
        task = started;
    }

    @Override
    public void close() {
        Task ended = task;
        if (ended != null) {
            meters.waitingFound(-ended.early.count());
        }
        task = null;
    }

    @Override
    public void process(Record<byte[], Object> record) {
        Task here = task;
        if (here == null) {
            throw new IllegalStateException("process before init");
        }
        here.markStores();
        if (record.value() instanceof ScoredEventBytes event) {
            onEvent(here, record, event);
        } else {
            onLabel(here, record);
        }
    }

    private void onEvent(Task here, Record<byte[], Object> record, ScoredEventBytes event) {
        long timeMillis = event.timeMillis();
        here.seenMillis = Math.max(here.seenMillis, timeMillis);
        if (here.isForgotten(timeMillis)) {
            meters.eventForgotten();
        } else {
            here.events.keep(record.key(), timeMillis, event);
        }
        Waiting label = here.early.take(record.key());
        if (label != null) {
            meters.waitingEnded();
            here.settlement.settle(
                    here.out,
                    record.key(),
                    event.event(),
                    intake.again(label.value()),
                    label.receivedAtMillis(),
                    record.timestamp());
        }
        here.early.expire(here.seenMillis, (id, due) -> {
            meters.waitingEnded();
            orphan(here, due.key(), due.value(), OrphanReason.NO_SUCH_EVENT, record.timestamp());
        });
        meters.eventJoined();
    }

    private void onLabel(Task here, Record<byte[], Object> record) {
        meters.received();
        Incoming label = intake.read(here.out, record, (byte[]) record.value());
        if (label == null) {
            meters.dead();
            return;
        }
        ScoredEvent event = here.events.find(label.eventId(), label.label().getEventTime(), here.seenMillis);
        if (event != null && !here.isForgotten(event.timeMillis())) {
            here.settlement.settle(
                    here.out,
                    label.eventId(),
                    event,
                    label.said(),
                    settings.clock().millis(),
                    record.timestamp());
        } else if (here.isForgotten(label.eventTimeAtMostMillis())) {
            orphan(here, record.key(), label.value(), OrphanReason.BEYOND_HORIZON, record.timestamp());
        } else {
            await(here, record, label);
        }
    }

    private void await(Task here, Record<byte[], Object> record, Incoming label) {
        Waiting other = here.early.find(label.eventId());
        Said.Standing standing =
                other == null ? Said.Standing.NEWS : label.said().beside(intake.again(other.value()));
        switch (standing) {
            case DUPLICATE -> meters.duplicate();
            case SUPERSEDED -> meters.superseded();
            case NEWS -> {
                if (other != null) {
                    meters.waitingEnded();
                    meters.superseded();
                }
                long nowMillis = settings.clock().millis();
                long fromMillis = Math.min(
                        label.eventTimeAtMostMillis(),
                        nowMillis + settings.maxAhead().toMillis());
                here.early.keep(
                        label.eventId(),
                        new Waiting(fromMillis + horizonMillis, nowMillis, record.key(), label.value()));
                meters.early();
            }
        }
    }

    private void orphan(Task here, byte @Nullable [] key, byte[] value, OrphanReason reason, long timestampMillis) {
        meters.orphaned(reason.name());
        here.out.forward(orphans.record(key, value, reason, timestampMillis));
    }
}
