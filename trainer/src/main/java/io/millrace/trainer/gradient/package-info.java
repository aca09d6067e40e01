/**
 * The gradient learner: tunes a part of the champion's own graph. Input: a bundle and labelled examples. Output goes to
 * the gate: the same graph with other weights, scored alike by ONNX Runtime.
 */
@NullMarked
package io.millrace.trainer.gradient;

import org.jspecify.annotations.NullMarked;
