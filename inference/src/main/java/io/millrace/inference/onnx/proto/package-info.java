/**
 * Writing ONNX graphs: builders over the format's protobuf classes, for whoever exports a model and for tests that need
 * a small one, or a broken one.
 */
@NullMarked
package io.millrace.inference.onnx.proto;

import org.jspecify.annotations.NullMarked;
