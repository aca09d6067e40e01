package io.millrace.bench.throughput;

import java.util.Map;

/**
 * Who takes part in a contest: a limit, a peer or Millrace itself.
 *
 * <p>Lifecycle: what it holds ends with {@link #close}.
 */
interface Entrant extends AutoCloseable {
    String CONSTANT = "constant";
    String RAW = "raw";
    String NAIVE = "naive";
    String FLINK = "flink";
    String FLINK_BATCHED = "flink-batched";
    String OURS = "ours";

    /** One of the names above. */
    String name();

    /** Records per second in a round. */
    double run(Round round) throws InterruptedException;

    /** How it was set, for the reader of the result; known after the first round. */
    Map<String, Object> settings();

    @Override
    void close();
}
