/**
 * How good each version was on what it scored, as the labels come in. Input: what the label join changed. Output:
 * metrics for their topic, and gauges.
 */
@NullMarked
package io.millrace.stream.metrics;

import org.jspecify.annotations.NullMarked;
