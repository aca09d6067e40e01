/**
 * What is measured on this machine: limits, peers, latency, swaps, memory. Input: a model and how much to play. Output:
 * numbers for {@code millrace bench}, as ratios within one run.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
