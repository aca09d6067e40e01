package io.millrace.stream.feed;

import io.millrace.stream.event.FeedItem;

/**
 * Which window of which series: its texts are those about the subject, scored by the version, in {@code [start, end)}
 * of event time. Windows are aligned: each starts at a multiple of its length since 1970-01-01 UTC.
 *
 * @param lengthMillis of the window
 * @param startMillis when it starts
 * @param version of the model
 */
record WindowKey(String subject, long lengthMillis, long startMillis, int version) {
    /** The window of this length that a text falls into. */
    static WindowKey of(FeedItem item, long lengthMillis) {
        long startMillis = Math.floorDiv(item.timeMillis(), lengthMillis) * lengthMillis;
        return new WindowKey(item.subject(), lengthMillis, startMillis, item.version());
    }

    long endMillis() {
        return startMillis + lengthMillis;
    }
}
