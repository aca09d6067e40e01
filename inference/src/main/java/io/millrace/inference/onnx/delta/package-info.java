/**
 * The difference of two ONNX files as a small ONNX file. Input: a model that is published already and the next one, or
 * a difference that came back. Output goes to {@link io.millrace.inference.published}.
 */
@NullMarked
package io.millrace.inference.onnx.delta;

import org.jspecify.annotations.NullMarked;
