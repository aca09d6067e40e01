/**
 * JMH benchmarks of the inner pieces, each run in a JVM of its own. Input: made-up events. Output: nanoseconds for an
 * event, a row, a batch or a text.
 */
@NullMarked
package io.millrace.bench.micro;

import org.jspecify.annotations.NullMarked;
