package io.millrace.cli.score;

import io.millrace.schemas.codec.Event;
import org.jspecify.annotations.Nullable;

/** Hears how a replay goes on. Threading: called by the replay's thread, which waits meanwhile. */
public interface ReplayListener {

    /** Hears nothing. */
    ReplayListener SILENT = new ReplayListener() {
        @Override
        public void sending(Event event, @Nullable String label) {}

        @Override
        public void reached(long timeMillis) {}
    };

    /**
     * A row that can be read is sent next.
     *
     * @param label the class that its label column means; null without one, or where labels are not replayed
     */
    void sending(Event event, @Nullable String label);

    /** A row that cannot be read is sent next; the pipeline dead-letters it. */
    default void sendingUnreadable() {}

    /**
     * Every row before a time was sent, no later one was, and every label that is known by then was joined to its
     * event.
     */
    void reached(long timeMillis) throws InterruptedException;
}
