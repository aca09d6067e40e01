/** Graphs at work: weights as tensors, nodes run in order with the memory of each value freed after its last use. */
@NullMarked
package io.millrace.trainer.gradient.execution;

import org.jspecify.annotations.NullMarked;
