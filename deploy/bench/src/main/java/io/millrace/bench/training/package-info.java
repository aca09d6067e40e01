/**
 * How fast models are trained, and where the time from a label to a live version goes. Input: examples that are made
 * here. Output: lines for {@code millrace bench training}.
 */
@NullMarked
package io.millrace.bench.training;

import org.jspecify.annotations.NullMarked;
