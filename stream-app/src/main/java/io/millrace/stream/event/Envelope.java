package io.millrace.stream.event;

import io.millrace.schemas.codec.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way through the feature stages, with the features found so far.
 *
 * <p>Threading: confined to the task that holds it; {@code features} is filled in place by each stage.
 *
 * @param event what was decoded
 * @param features one slot per feature of the set, in its order
 * @param originalKey the key of the user's record, which becomes the key of the score
 * @param inputPartition of the user's record
 * @param inputOffset of the user's record
 */
@SuppressWarnings("ArrayRecordComponent") // one per event: not copied, never compared
public record Envelope(
        Event event, double[] features, byte @Nullable [] originalKey, int inputPartition, long inputOffset)
        implements Flow {}
