/** Metrics against values computed by hand. */
@NullMarked
package io.millrace.inference.metrics;

import org.jspecify.annotations.NullMarked;
