package io.millrace.bench.arena;

/**
 * What a contender is asked to run, until it is told to stop.
 *
 * @param op {@link #RUN}
 * @param bootstrap of the broker
 * @param input the topic to read from its beginning
 * @param output the topic to write, which exists
 * @param model folder of the bundle
 * @param threads that work on records
 * @param records that will come
 */
public record RunRequest(
        String op, String bootstrap, String input, String output, String model, int threads, long records) {
    /** Begin. */
    public static final String RUN = "run";

    /** End what was begun. */
    public static final String STOP = "stop";

    public static RunRequest of(
            String bootstrap, String input, String output, String model, int threads, long records) {
        return new RunRequest(RUN, bootstrap, input, output, model, threads, records);
    }
}
