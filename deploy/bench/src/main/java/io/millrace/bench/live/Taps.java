package io.millrace.bench.live;

/**
 * What was seen inside a stream since the last time it was asked, in the order of time.
 *
 * @param gaps between a score and the next, where a stream thread handed them to its producer; the smallest left out
 * @param batches time in the model of each batch, or of each of its runs where it has several; their size is in rows, or
 *     in tokens with padding
 * @param swaps what a task lost to taking another version before its first batch
 * @param tellings what a commit took longer to tell of it
 */
public record Taps(Times.Taken gaps, Times.Taken batches, Times.Taken swaps, Times.Taken tellings) {}
