/** Whether a candidate is better than the champion. Input: scores of both on the same rows. Output goes to rounds. */
@NullMarked
package io.millrace.trainer.gate;

import org.jspecify.annotations.NullMarked;
