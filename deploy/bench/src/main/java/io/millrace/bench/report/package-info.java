/**
 * All saved results as one page that needs nothing from outside. Input: the folder of results. Output: HTML for {@code
 * millrace bench report}.
 */
@NullMarked
package io.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
