package io.millrace.bench.throughput;

/**
 * What is run over in a round.
 *
 * @param number 0 warms up and is not counted
 * @param input a topic
 * @param records in it
 */
record Round(int number, String input, long records) {}
