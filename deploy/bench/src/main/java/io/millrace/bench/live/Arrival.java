package io.millrace.bench.live;

/**
 * Hears of each score as a consumer of committed records sees it for the first time.
 *
 * <p>Threading: called by the consumer's thread. Units: nanoseconds of the machine's monotonic clock.
 */
public interface Arrival {

    /**
     * A score has come.
     *
     * @param id of the event
     * @param version that scored
     * @param atNanos when the consumer had it
     */
    void score(long id, int version, long atNanos);
}
