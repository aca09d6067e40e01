/** Labelled examples as a learner sees them. Input: the example topic. Output goes to rounds of training. */
@NullMarked
package io.millrace.trainer.example;

import org.jspecify.annotations.NullMarked;
