/**
 * An ONNX graph that can be run with gradients: read, checked, cut into what stays and what is tuned, and executed node
 * by node. Input: a model's bytes and batches. Output goes to the tuning.
 */
@NullMarked
package io.millrace.trainer.gradient.graph;

import org.jspecify.annotations.NullMarked;
