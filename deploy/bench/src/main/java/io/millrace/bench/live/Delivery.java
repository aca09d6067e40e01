package io.millrace.bench.live;

import java.util.BitSet;

/**
 * Which events of a load have their score: each must have exactly one.
 *
 * <p>Threading: confined to the consumer's thread, but for the counts, which any thread may read.
 */
final class Delivery {
    private final BitSet seen = new BitSet();
    private volatile long once;
    private volatile long again;

    /** A score of an event has come; whether it is the first one. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    boolean arrived(long id) {
        int at = Math.toIntExact(id);
        if (seen.get(at)) {
            again++;
            return false;
        }
        seen.set(at);
        once++;
        return true;
    }

    /** Events that have a score. */
    long once() {
        return once;
    }

    /** Scores beyond the first one of an event. */
    long again() {
        return again;
    }
}
