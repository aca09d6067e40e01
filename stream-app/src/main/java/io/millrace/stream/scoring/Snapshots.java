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
    /** The tokenizer may take a megabyte for one unknown word; no more of it is kept. */
    private static final int MOST_CHARACTERS = 16_384;

    private static final float[] NO_FEATURES = {};

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

    /** @param label index of the class that was decided on */
    ScoredEvent ofText(PendingRow row, TextAnswer answer, double threshold, int label, ModelRef model) {
        Event event = row.envelope().event();
        int positive = answer.probabilities().length - 1;
        return new ScoredEvent(
                event.id(),
                event.timeMillis(),
                new String[0],
                NO_FEATURES,
                (float) answer.probabilities()[positive],
                threshold,
                label == positive,
                model.version(),
                segments.of(event.segment()),
                readText(event, answer));
    }

    /** The part of an event's text that the model read, never cut within a character. */
    static String readText(Event event, TextAnswer answer) {
        String text = String.valueOf(event.text());
        int end = Math.min(Math.min(answer.readCharacters(), MOST_CHARACTERS), text.length());
        boolean withinPair = end > 0
                && end < text.length()
                && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end));
        return text.substring(0, withinPair ? end - 1 : end);
    }
}
