/**
 * Small measurements that a user can repeat: ratios on one machine. Input: a feature set and how much to play. Output:
 * numbers for the command line; larger benchmarks live in a module of their own.
 */
@NullMarked
package io.millrace.cli.bench;

import org.jspecify.annotations.NullMarked;
