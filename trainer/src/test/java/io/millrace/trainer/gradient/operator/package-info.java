/** Tests of operators: each against ONNX Runtime, and its gradients against finite differences. */
@NullMarked
package io.millrace.trainer.gradient.operator;

import org.jspecify.annotations.NullMarked;
