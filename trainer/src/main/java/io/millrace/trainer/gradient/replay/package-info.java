/**
 * What travels with a model of the domain it was first made for, so that it is not forgotten. Input: examples of that
 * domain. Output, no text in it, goes to learners and to the gate's floor.
 */
@NullMarked
package io.millrace.trainer.gradient.replay;

import org.jspecify.annotations.NullMarked;
