package io.millrace.stream.scoring;

import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.event.ScoredEvent;
import java.util.List;

/**
 * Keeps of a scored row what its label will need.
 *
 * <p>Threading: immutable.
 */
final class Snapshots {
    private final int[] entityKeys;
    private final Segments segments;

    /** For events of a shape, whose labels must reach these entities. */
    Snapshots(LabelsConfig labels, EventShape shape, List<String> labelledEntities) {
        this.entityKeys = labelledEntities.stream().mapToInt(shape::key).toArray();
        this.segments = new Segments(labels.segment());
    }

    ScoredEvent of(PendingRow row, double probability, double threshold, ModelRef model) {
        Event event = row.envelope().event();
        String[] keys = new String[entityKeys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = event.keys()[entityKeys[i]];
        }
        double[] exact = row.envelope().features();
        float[] features = new float[exact.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) exact[i];
        }
        return new ScoredEvent(
                event.id(),
                event.timeMillis(),
                keys,
                features,
                (float) probability,
                threshold,
                probability >= threshold,
                model.version(),
                segments.of(event.segment()));
    }
}
