package io.millrace.stream.event;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a scored event until its label comes.
 *
 * @param eventId whose event
 * @param timeMillis event time
 * @param entityKeys the keys that its label must reach, in the order of the pipeline's labelled entities
 * @param features as they were when it was scored
 * @param score probability of the positive class
 * @param threshold in force when it was scored
 * @param decidedPositive whether the score reached the threshold
 * @param version of the model that scored it
 * @param segment the group whose error rates are watched; null when none is configured or the event has none
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
        @Nullable String segment)
        implements Flow {}
