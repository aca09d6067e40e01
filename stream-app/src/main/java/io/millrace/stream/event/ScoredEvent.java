package io.millrace.stream.event;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a scored event until its label comes.
 *
 * @param eventId whose event
 * @param timeMillis event time
 * @param entityKeys the keys that its label must reach, in the order of the pipeline's labelled entities
 * @param features as they were when it was scored; none of a text
 * @param score probability of the positive class
 * @param threshold in force when it was scored
 * @param decidedPositive whether the score reached the threshold
 * @param version of the model that scored it
 * @param segment the group whose error rates are watched; null when none is configured or the event has none
 * @param text what the model read of a text; null for an event of numbers
 */
@SuppressWarnings("ArrayRecordComponent") // one per event: not copied, never compared
public record ScoredEvent(
        String eventId,
        long timeMillis,
        String[] entityKeys,
        float[] features,
        float score,
        double threshold,
        boolean decidedPositive,
        int version,
        @Nullable String segment,
        @Nullable String text)
        implements Flow {

    /** An event of numbers. */
    public ScoredEvent(
            String eventId,
            long timeMillis,
            String[] entityKeys,
            float[] features,
            float score,
            double threshold,
            boolean decidedPositive,
            int version,
            @Nullable String segment) {
        this(eventId, timeMillis, entityKeys, features, score, threshold, decidedPositive, version, segment, null);
    }
}
