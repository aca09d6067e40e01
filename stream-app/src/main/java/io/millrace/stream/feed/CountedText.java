package io.millrace.stream.feed;

import io.millrace.stream.event.FeedItem;

/**
 * The one of a window's near-duplicates that counts: the latest by event time, of these the one with the greatest id.
 *
 * @param timeMillis event time
 * @param id of the event
 * @param signedScore from -1 to 1
 * @param label index of the class that was decided
 */
record CountedText(long timeMillis, String id, double signedScore, int label) {
    static CountedText of(FeedItem item) {
        return new CountedText(item.timeMillis(), item.id(), item.signedScore(), item.label());
    }

    /** Whether this one counts instead of another; a total order, so that the order of arrival decides nothing. */
    boolean countsBefore(CountedText other) {
        if (timeMillis != other.timeMillis) {
            return timeMillis > other.timeMillis;
        }
        int ids = id.compareTo(other.id);
        if (ids != 0) {
            return ids > 0;
        }
        int scores = Double.compare(signedScore, other.signedScore);
        return scores == 0 ? label > other.label : scores > 0;
    }
}
