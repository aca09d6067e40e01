package io.millrace.stream.event;

/**
 * A scored text on its way to the feed of its subject.
 *
 * @param id of the event
 * @param subject what the text is about
 * @param timeMillis event time
 * @param textHash of the normalised text: texts of the same hash are near-duplicates
 * @param signedScore from -1, wholly negative, to 1, wholly positive
 * @param label index of the class that was decided, the most negative first
 * @param version of the model that scored it
 */
public record FeedItem(
        String id, String subject, long timeMillis, long textHash, double signedScore, int label, int version)
        implements Flow {}
