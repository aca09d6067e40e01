/** Metrics against values computed by hand. */
@NullMarked
package io.millrace.trainer.metrics;

import org.jspecify.annotations.NullMarked;
