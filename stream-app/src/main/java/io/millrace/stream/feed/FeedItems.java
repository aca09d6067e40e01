package io.millrace.stream.feed;

import io.millrace.schemas.codec.Event;
import io.millrace.stream.event.FeedItem;
import io.millrace.stream.runtime.FeedMeters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From a scored text to what the feed needs of it.
 *
 * <p>Threading: safe, as its meters are.
 */
public final class FeedItems {
    /** What is longer names no subject. */
    private static final int MOST_CHARACTERS = 256;

    private final FeedMeters meters;

    /** Counts the texts that name no subject. */
    public FeedItems(FeedMeters meters) {
        this.meters = meters;
    }

    /**
     * What the feed needs of a scored text; null when the event names no subject, which is counted.
     *
     * @param event with the text that was scored
     * @param label index of the class that was decided
     */
    @Nullable
    public FeedItem of(Event event, double signedScore, int label, int version) {
        String text = Objects.requireNonNull(event.text(), "an event of texts has one");
        String subject = event.subject() == null ? "" : event.subject().strip();
        if (subject.isEmpty() || subject.length() > MOST_CHARACTERS) {
            meters.withoutSubject();
            return null;
        }
        return new FeedItem(
                event.id(), subject, event.timeMillis(), NormalisedText.hash(text), signedScore, label, version);
    }
}
