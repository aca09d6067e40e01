/** Versions that travel as deltas and come out whole, or are told apart from those that cannot. */
@NullMarked
package io.millrace.inference.published;

import org.jspecify.annotations.NullMarked;
