package io.millrace.bench.swap;

import io.millrace.bench.live.MemoryNow;

/**
 * What the stream's process held after so many swaps.
 *
 * @param swaps so far
 * @param seconds since the first one
 * @param memory after a full collection
 */
public record SoakPoint(int swaps, double seconds, MemoryNow memory) {}
