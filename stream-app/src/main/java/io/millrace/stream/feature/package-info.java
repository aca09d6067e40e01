/**
 * From the bytes of an event to its feature vector, on Kafka Streams. Input: the user's topic and label routes. Output:
 * envelopes whose features are complete, for scoring.
 */
@NullMarked
package io.millrace.stream.feature;

import org.jspecify.annotations.NullMarked;
