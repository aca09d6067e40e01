/**
 * How many records a second: Millrace against its limits and its peers. Input: topics and models of the arena. Output:
 * ratios within one run.
 */
@NullMarked
package io.millrace.bench.throughput;

import org.jspecify.annotations.NullMarked;
