/** Tests of the replay set. */
@NullMarked
package io.millrace.trainer.gradient.replay;

import org.jspecify.annotations.NullMarked;
