/**
 * The boosted-trees learner. Input: feature rows with labels, and the trees to go on from. Output: a booster,
 * and the same trees as an ONNX model that scores equally.
 */
@NullMarked
package io.millrace.trainer.trees;

import org.jspecify.annotations.NullMarked;
