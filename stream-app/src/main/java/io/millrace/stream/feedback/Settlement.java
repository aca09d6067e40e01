package io.millrace.stream.feedback;

import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.event.Flow;
import io.millrace.stream.event.LabelRoute;
import io.millrace.stream.event.LabelRoutes;
import io.millrace.stream.event.Outgoing;
import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.feedback.ToldLabels.Told;
import io.millrace.stream.runtime.LabelMeters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What follows from a label whose event is known: an example for the trainer, a word to the entities whose features need
 * it, and a judgement of the version that scored it; nothing when the same or something later was said before.
 *
 * <p>Threading: confined to its task.
 */
final class Settlement {
    private final LabelJoinProcessor.Settings settings;
    private final LabelMeters meters;
    private final ToldLabels told;
    private final JudgementBuffer judgements;
    private final ExampleWriter examples;
    private final String examplesTopic;
    private final String routesTopic;

    Settlement(LabelJoinProcessor.Settings settings, ToldLabels told, JudgementBuffer judgements) {
        this.judgements = judgements;
        this.settings = settings;
        this.meters = settings.meters().labels();
        this.told = told;
        this.examples = new ExampleWriter(settings.model(), settings.featureSetHash(), settings.classes());
        this.examplesTopic = TopicCatalogue.examples(settings.pipeline());
        this.routesTopic = TopicCatalogue.labelRoutes(settings.pipeline());
    }

    /**
     * Settles a label.
     *
     * @param id of the event, in UTF-8
     * @param receivedAtMillis when the label reached the stream
     * @param timestampMillis of what is sent on
     */
    void settle(
            ProcessorContext<byte[], Flow> out,
            byte[] id,
            ScoredEvent event,
            Said said,
            long receivedAtMillis,
            long timestampMillis) {
        Told before = told.find(id, event.timeMillis());
        switch (before == null ? Said.Standing.NEWS : said.beside(before.said())) {
            case DUPLICATE -> meters.duplicate();
            case SUPERSEDED -> meters.superseded();
            case NEWS -> {
                boolean heard = before != null && before.featuresHeard();
                List<String> listeners = listeners(said, heard);
                told.keep(id, event.timeMillis(), new Told(said, heard || isPositive(said)));
                route(out, event, said, listeners, timestampMillis);
                byte[] example = examples.write(event, said, receivedAtMillis);
                out.forward(
                        new Record<>(id, new Outgoing(examplesTopic, example), timestampMillis, new RecordHeaders()));
                judgements.add(event, before == null ? null : before.said(), said, timestampMillis);
                meters.settled(listeners.size());
            }
        }
    }

    private boolean isPositive(Said said) {
        return said.classIndex() == settings.classes().size() - 1;
    }

    private List<String> listeners(Said said, boolean heardBefore) {
        boolean matters = settings.negativesMatter() || heardBefore || isPositive(said);
        return matters ? settings.labelledEntities() : List.of();
    }

    private void route(
            ProcessorContext<byte[], Flow> out,
            ScoredEvent event,
            Said said,
            List<String> listeners,
            long timestampMillis) {
        if (listeners.isEmpty()) {
            return;
        }
        EntityLabel label = new EntityLabel(
                event.eventId(), event.timeMillis(), said.labelledAtMillis(), isPositive(said), said.retracted());
        for (int i = 0; i < listeners.size(); i++) {
            String key = event.entityKeys()[i];
            LabelRoute route = new LabelRoute(listeners.get(i), key, label);
            out.forward(new Record<>(
                    key.getBytes(StandardCharsets.UTF_8),
                    new Outgoing(routesTopic, LabelRoutes.write(route)),
                    timestampMillis,
                    new RecordHeaders()));
        }
    }
}
