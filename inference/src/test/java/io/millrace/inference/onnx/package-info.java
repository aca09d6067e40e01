/** Models that score, and models that must not. */
@NullMarked
package io.millrace.inference.onnx;

import org.jspecify.annotations.NullMarked;
