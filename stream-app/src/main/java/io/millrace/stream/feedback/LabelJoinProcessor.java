package io.millrace.stream.feedback;

import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.schemas.avro.Label;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.LabelRoute;
import io.millrace.stream.event.LabelRoutes;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.feature.DeadLetterReason;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.feature.Partitions;
import io.millrace.stream.runtime.PipelineMeters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Joins a label to the event it speaks of, and sends it on to the entities whose features need it. A label that comes
 * before its event waits for it.
 *
 * <p>Threading: confined to its task. Both inputs are keyed by event id.
 */
public final class LabelJoinProcessor implements Processor<byte[], Object, byte[], Flow> {
    private final Settings settings;
    private final LabelDecoder decoder = new LabelDecoder();
    private @Nullable ProcessorContext<byte[], Flow> context;
    private @Nullable ScoredEvents events;
    private @Nullable EarlyLabels early;
    private @Nullable ToldPositives positives;
    private boolean marked;

    /**
     * What the processors of all tasks share.
     *
     * @param labelledEntities the entities that hear of a label, in the order of {@link ScoredEvent#entityKeys()}
     * @param negativesMatter whether a feature asks for more than positive labels and their corrections
     * @param classes the model's class names, the positive one last
     * @param labelPartitions of the feedback topic, which must be keyed by event id
     */
    public record Settings(
            List<String> labelledEntities,
            boolean negativesMatter,
            List<String> classes,
            String eventStore,
            String earlyStore,
            String positiveStore,
            String routesTopic,
            int labelPartitions,
            DeadLetters deadLetters,
            PipelineMeters meters) {}

    /** Makes the join of one task. */
    public LabelJoinProcessor(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<byte[], Flow> initialised) {
        context = initialised;
        marked = false;
        events = new ScoredEvents(initialised.getStateStore(settings.eventStore()));
        early = new EarlyLabels(initialised.getStateStore(settings.earlyStore()));
        positives = new ToldPositives(initialised.getStateStore(settings.positiveStore()));
    }

    @Override
    public void process(Record<byte[], Object> record) {
        ProcessorContext<byte[], Flow> out = context;
        ScoredEvents scored = events;
        EarlyLabels waiting = early;
        if (out == null || scored == null || waiting == null) {
            throw new IllegalStateException("process before init");
        }
        markStores(scored, waiting);
        if (record.value() instanceof ScoredEvent event) {
            scored.keep(record.key(), event);
            Label label = waiting.take(record.key());
            if (label != null) {
                settle(out, record, event, label);
            }
        } else {
            onLabel(out, scored, waiting, record);
        }
    }

    /**
     * A store that was never written has no place in the checkpoint, and under exactly-once Kafka Streams then takes
     * the whole task for damaged at the next start, wipes it and restores it. So each store gets one entry.
     */
    private void markStores(ScoredEvents scored, EarlyLabels waiting) {
        if (marked) {
            return;
        }
        marked = true;
        if (waiting.mark()) {
            scored.mark();
            toldPositives().mark();
        }
    }

    private ToldPositives toldPositives() {
        ToldPositives told = positives;
        if (told == null) {
            throw new IllegalStateException("process before init");
        }
        return told;
    }

    private void onLabel(
            ProcessorContext<byte[], Flow> out,
            ScoredEvents scored,
            EarlyLabels waiting,
            Record<byte[], Object> record) {
        settings.meters().labelReceived();
        byte @Nullable [] value = (byte[]) record.value();
        if (value == null) {
            reject(out, record, null, DeadLetterReason.NULL_VALUE.name(), "the label has no value");
            return;
        }
        Label label;
        try {
            label = decoder.decode(value);
        } catch (LabelDecoder.MalformedLabelException e) {
            reject(out, record, value, "MALFORMED_LABEL", String.valueOf(e.getMessage()));
            return;
        }
        if (!label.getRetracted() && classIndex(label) < 0) {
            reject(
                    out,
                    record,
                    value,
                    DeadLetterReason.UNKNOWN_LABEL.name(),
                    "'" + label.getLabel() + "' is none of " + settings.classes());
            return;
        }
        byte[] id = label.getEventId().getBytes(StandardCharsets.UTF_8);
        int right = Partitions.of(id, settings.labelPartitions());
        int here = out.recordMetadata().map(RecordMetadata::partition).orElse(right);
        if (right != here) {
            reject(
                    out,
                    record,
                    value,
                    DeadLetterReason.MISROUTED.name(),
                    "lies in partition " + here
                            + " but event " + label.getEventId() + " belongs into " + right
                            + ": produce labels with the event's id as their key");
            return;
        }
        ScoredEvent event = scored.find(id, label.getEventTime());
        if (event == null) {
            settings.meters().labelEarly();
            waiting.keep(id, label);
        } else {
            settle(out, record, event, label);
        }
    }

    private void settle(
            ProcessorContext<byte[], Flow> out, Record<byte[], Object> record, ScoredEvent event, Label label) {
        boolean positive =
                !label.getRetracted() && classIndex(label) == settings.classes().size() - 1;
        EntityLabel entityLabel = new EntityLabel(
                event.eventId(),
                event.timeMillis(),
                label.getLabelledAt().toEpochMilli(),
                positive,
                label.getRetracted());
        List<String> entities = mustBeTold(event, positive) ? settings.labelledEntities() : List.of();
        settings.meters().labelSettled(entities.size());
        for (int i = 0; i < entities.size(); i++) {
            String key = event.entityKeys()[i];
            LabelRoute route = new LabelRoute(entities.get(i), key, entityLabel);
            out.forward(new Record<>(
                    key.getBytes(StandardCharsets.UTF_8),
                    new Outgoing(settings.routesTopic(), LabelRoutes.write(route)),
                    record.timestamp(),
                    new RecordHeaders()));
        }
    }

    private boolean mustBeTold(ScoredEvent event, boolean positive) {
        ToldPositives told = toldPositives();
        if (settings.negativesMatter() || settings.labelledEntities().isEmpty()) {
            return true;
        }
        byte[] id = event.eventId().getBytes(StandardCharsets.UTF_8);
        if (positive) {
            told.add(id, event.timeMillis());
            return true;
        }
        return told.contains(id, event.timeMillis());
    }

    private int classIndex(Label label) {
        List<String> classes = settings.classes();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).equalsIgnoreCase(label.getLabel())) {
                return i;
            }
        }
        return -1;
    }

    private void reject(
            ProcessorContext<byte[], Flow> out,
            Record<byte[], Object> record,
            byte @Nullable [] value,
            String reason,
            String message) {
        RecordMetadata at = out.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a label without a partition and offset"));
        out.forward(settings.deadLetters()
                .letter(
                        record,
                        record.key(),
                        value,
                        new DeadLetters.Origin(at.topic(), at.partition(), at.offset()),
                        reason,
                        message));
    }
}
