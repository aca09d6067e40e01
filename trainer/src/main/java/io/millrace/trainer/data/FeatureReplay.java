package io.millrace.trainer.data;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.state.EntityLabel;
import io.millrace.inference.feature.state.OfflineFeatures;
import io.millrace.schemas.codec.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * Replays events through the stream's own features. The label of an event is told as late as it would come in life:
 * a fixed time behind its event.
 *
 * <p>Threading: confined to one thread.
 */
public final class FeatureReplay {

    private final FeatureSet features;
    private final long labelDelayMillis;

    public FeatureReplay(FeatureSet features, Duration labelDelay) {
        if (labelDelay.isNegative()) {
            throw new IllegalArgumentException("the label delay must not be negative, was " + labelDelay);
        }
        this.features = features;
        this.labelDelayMillis = labelDelay.toMillis();
    }

    /**
     * Computes the features of all events.
     *
     * @param progress told the number of events done, now and then
     */
    public FeatureTable run(Iterator<LabelledEvent> events, LongConsumer progress) {
        OfflineFeatures engine = new OfflineFeatures(features);
        FeatureTable table = new FeatureTable(features.size());
        ArrayDeque<LabelledEvent> unlabelled = new ArrayDeque<>();
        while (events.hasNext()) {
            LabelledEvent labelled = events.next();
            long nowMillis = labelled.event().timeMillis();
            tellLabelsUntil(nowMillis, unlabelled, engine);
            table.add(labelled, engine.event(labelled.event()));
            unlabelled.add(labelled);
            if (table.rows() % 10_000 == 0) {
                progress.accept(table.rows());
            }
        }
        progress.accept(table.rows());
        return table;
    }

    private void tellLabelsUntil(long nowMillis, ArrayDeque<LabelledEvent> unlabelled, OfflineFeatures engine) {
        LabelledEvent oldest = unlabelled.peek();
        while (oldest != null && oldest.event().timeMillis() + labelDelayMillis <= nowMillis) {
            unlabelled.remove();
            Event event = oldest.event();
            long labelledAtMillis = event.timeMillis() + labelDelayMillis;
            engine.label(
                    event, new EntityLabel(event.id(), event.timeMillis(), labelledAtMillis, oldest.positive(), false));
            oldest = unlabelled.peek();
        }
    }
}
