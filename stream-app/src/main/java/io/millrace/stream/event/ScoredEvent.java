package io.millrace.stream.event;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a scored event until its label comes.
 *
 * @param eventId whose event
 * @param timeMillis event time
 * @param entityKeys the keys that its label must reach, in the order of the pipeline's labelled entities
 * @param features as they were when it was scored, null where no one needs them
 * @param score probability of the positive class
 * @param version of the model that scored it
 */
@SuppressWarnings("ArrayRecordComponent") // one per event: not copied, never compared
public record ScoredEvent(
        String eventId, long timeMillis, String[] entityKeys, float @Nullable [] features, float score, int version)
        implements Flow {}
