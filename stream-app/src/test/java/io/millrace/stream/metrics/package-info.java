/** Metrics by themselves, fed with judgements. */
@NullMarked
package io.millrace.stream.metrics;

import org.jspecify.annotations.NullMarked;
