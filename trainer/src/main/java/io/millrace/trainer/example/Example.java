package io.millrace.trainer.example;

import org.jspecify.annotations.Nullable;

/**
 * An event as it was scored, with what turned out to be true of it.
 *
 * <p>Threading: immutable as long as nobody writes into the features, which are not copied. Units: milliseconds since
 * 1970-01-01 UTC.
 *
 * @param eventId whose event
 * @param eventTimeMillis when it happened
 * @param labelledAtMillis when its label became known
 * @param features as they were when it was scored, in the order of the feature set; null for a text
 * @param text null for an event with features
 * @param label index of the true class in the model's class names
 * @param weight how much it counts in training
 * @param score probability of the positive class that was given then
 * @param version of the model that gave it
 * @param segment the group whose error rates the gate watches; null when none is configured
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them: not copied, never compared
public record Example(
        String eventId,
        long eventTimeMillis,
        long labelledAtMillis,
        float @Nullable [] features,
        @Nullable String text,
        int label,
        double weight,
        double score,
        int version,
        @Nullable String segment) {

    public Example {
        if ((features == null) == (text == null)) {
            throw new IllegalArgumentException("example " + eventId + " must have either features or a text");
        }
        if (label < 0) {
            throw new IllegalArgumentException("example " + eventId + " has class index " + label);
        }
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "example " + eventId + " must have a weight of 0 or more, has " + weight);
        }
    }
}
