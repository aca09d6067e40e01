/**
 * What was measured, kept with what it was measured on and with. Input: the answer of a benchmark. Output: a file in the
 * folder of results, which {@code millrace bench report} draws.
 */
@NullMarked
package io.millrace.bench.result;

import org.jspecify.annotations.NullMarked;
