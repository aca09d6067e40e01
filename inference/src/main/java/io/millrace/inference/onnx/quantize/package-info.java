/**
 * From a model in float32 to a smaller and, on a CPU, faster one in int8. Input: the bytes of a tuned graph. Output goes
 * into the bundle beside it; see {@link io.millrace.inference.bundle}.
 */
@NullMarked
package io.millrace.inference.onnx.quantize;

import org.jspecify.annotations.NullMarked;
