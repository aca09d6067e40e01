/**
 * How cost and speed grow: with partitions and threads, with the number of keys, with what is known of each; and how
 * long it takes to have a large state back. Input: made-up transactions. Output: ratios to the smallest.
 */
@NullMarked
package io.millrace.bench.scale;

import org.jspecify.annotations.NullMarked;
