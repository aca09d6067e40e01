/** Int8 forms of small models against ONNX Runtime, and models that have none. */
@NullMarked
package io.millrace.inference.onnx.quantize;

import org.jspecify.annotations.NullMarked;
