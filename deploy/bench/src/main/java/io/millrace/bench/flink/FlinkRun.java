package io.millrace.bench.flink;

import java.io.Serializable;

/**
 * One run of the topology, as it is asked for.
 *
 * @param bootstrap of the broker
 * @param input topic of Avro events, read from its beginning
 * @param output topic of the scores
 * @param model folder of the bundle
 * @param threads parallel instances of the whole chain
 * @param batchRows rows of a batch; 1 scores one record at a time, as Flink's examples do
 * @param checkpointMillis between two checkpoints, each of which commits what was written
 */
record FlinkRun(
        String bootstrap, String input, String output, String model, int threads, int batchRows, long checkpointMillis)
        implements Serializable {
    FlinkRun {
        require(threads >= 1, "threads must be at least 1, were " + threads);
        require(batchRows >= 1, "batch must be at least 1 row, was " + batchRows);
        require(checkpointMillis >= 10, "checkpointMillis must be at least 10, was " + checkpointMillis);
    }

    private static void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new IllegalArgumentException(message);
        }
    }
}
