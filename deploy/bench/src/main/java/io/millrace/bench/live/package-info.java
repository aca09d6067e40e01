/**
 * A stream that runs in a JVM of its own while events flow to it at a rate of their own: what latencies, swaps and long
 * runs are measured on. From the arena's broker and child JVMs to the benchmarks of latency and swaps.
 */
@NullMarked
package io.millrace.bench.live;

import org.jspecify.annotations.NullMarked;
