/**
 * The running stream: starts the pipelines when their model is there, keeps count, and closes everything in order.
 */
@NullMarked
package io.millrace.stream.runtime;

import org.jspecify.annotations.NullMarked;
