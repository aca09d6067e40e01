/**
 * Where contenders are measured: a broker and each contender in a process of their own, topics filled beforehand, and
 * one judge for all, who reads what was committed.
 */
@NullMarked
package io.millrace.bench.arena;

import org.jspecify.annotations.NullMarked;
