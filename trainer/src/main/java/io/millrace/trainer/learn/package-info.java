/** What every learner is: the champion and examples in, a candidate out. Input: rounds. Output goes to the gate. */
@NullMarked
package io.millrace.trainer.learn;

import org.jspecify.annotations.NullMarked;
