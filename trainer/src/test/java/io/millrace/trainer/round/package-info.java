/** Rounds of training with good and bad candidates. */
@NullMarked
package io.millrace.trainer.round;

import org.jspecify.annotations.NullMarked;
