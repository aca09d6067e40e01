/** Deltas of random networks, and of what is no delta. */
@NullMarked
package io.millrace.inference.onnx.delta;

import org.jspecify.annotations.NullMarked;
