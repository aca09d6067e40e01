/**
 * From a model bundle to a running session, and from rows of numbers to probabilities. The only package that talks to
 * ONNX Runtime, so the only one that holds native memory.
 */
@NullMarked
package io.millrace.inference.onnx;

import org.jspecify.annotations.NullMarked;
