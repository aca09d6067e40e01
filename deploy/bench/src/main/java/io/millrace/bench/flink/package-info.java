/**
 * The peer: what a Flink user would build for the same work, in a process of its own. Input: a topic of Avro events.
 * Output: the topic of their scores.
 *
 * <p>Flink is on the class path of that process only; nothing outside this package may name its classes.
 */
@NullMarked
package io.millrace.bench.flink;

import org.jspecify.annotations.NullMarked;
