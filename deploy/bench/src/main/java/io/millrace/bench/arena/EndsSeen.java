package io.millrace.bench.arena;

import java.util.Arrays;

/**
 * Where the committed part of each partition ended at a time.
 *
 * @param ends last stable offset by partition
 */
@SuppressWarnings("ArrayRecordComponent") // made and read once
record EndsSeen(long nanos, long[] ends) {

    long sum() {
        return Arrays.stream(ends).sum();
    }
}
