package io.millrace.stream.feedback;

import io.millrace.stream.event.ScoredEvent;
import io.millrace.stream.event.ScoredEventBytes;
import java.time.Instant;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Scored events that wait for their label, by event id and event time; they are dropped, whole segments at a time,
 * when the pipeline's label horizon has passed.
 *
 * <p>Threading: confined to its task.
 */
final class ScoredEvents {
    /** So far a label may be wrong about the time of an event that has just come, and still find it. */
    private static final long WRONG_BY_AT_MOST_MILLIS = 3_600_000;

    private final WindowStore<byte[], byte[]> store;

    ScoredEvents(WindowStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Leaves a mark in the store, older than any event. */
    void mark() {
        store.put(new byte[0], new byte[0], 0);
    }

    void keep(byte[] eventId, long eventTimeMillis, ScoredEventBytes event) {
        store.put(eventId, event.bytes(), eventTimeMillis);
    }

    /**
     * The event of this id; a point look-up when its time is known, else a search of all that is kept. A time far ahead
     * of all events is not searched for: that event has not come yet.
     *
     * @param seenMillis time of the newest event
     */
    @Nullable
    ScoredEvent find(byte[] eventId, @Nullable Instant time, long seenMillis) {
        if (time != null) {
            byte @Nullable [] bytes = store.fetch(eventId, time.toEpochMilli());
            if (bytes != null) {
                return new ScoredEventBytes(bytes).event();
            }
            if (time.toEpochMilli() - WRONG_BY_AT_MOST_MILLIS > seenMillis) {
                return null;
            }
        }
        try (var found = store.backwardFetch(eventId, 0, Long.MAX_VALUE)) {
            return found.hasNext() ? new ScoredEventBytes(found.next().value).event() : null;
        }
    }
}
