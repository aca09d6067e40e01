/** What each ONNX operator does, on tensors that know their gradients. Input: operands. Output: a node's results. */
@NullMarked
package io.millrace.trainer.gradient.operator;

import org.jspecify.annotations.NullMarked;
