/** Graphs written by our builders, run by ONNX Runtime. */
@NullMarked
package io.millrace.inference.onnx.proto;

import org.jspecify.annotations.NullMarked;
