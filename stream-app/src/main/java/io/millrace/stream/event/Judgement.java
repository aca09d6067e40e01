package io.millrace.stream.event;

/**
 * What a label changed in what is known of a scored event.
 *
 * <p>Units: milliseconds.
 *
 * @param version of the model that scored the event
 * @param eventTimeMillis when the event happened
 * @param score probability of the positive class
 * @param threshold in force when it was scored
 * @param decidedPositive whether the score reached it
 * @param before what was known before
 * @param delayBeforeMillis how long after the event that had become known; 0 when nothing was
 * @param now what is known now
 * @param delayMillis how long after the event this became known; 0 when nothing is
 */
public record Judgement(
        int version,
        long eventTimeMillis,
        float score,
        double threshold,
        boolean decidedPositive,
        Truth before,
        long delayBeforeMillis,
        Truth now,
        long delayMillis) {

    /** What is known of an event. */
    public enum Truth {
        UNKNOWN,
        NEGATIVE,
        POSITIVE
    }
}
