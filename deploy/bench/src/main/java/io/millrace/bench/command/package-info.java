/** The commands below {@code millrace bench}: each reads its options, runs one benchmark and prints what it found. */
@NullMarked
package io.millrace.bench.command;

import org.jspecify.annotations.NullMarked;
