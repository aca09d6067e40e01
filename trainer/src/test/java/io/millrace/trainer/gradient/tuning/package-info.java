/** Tests of the parts of a tuning. */
@NullMarked
package io.millrace.trainer.gradient.tuning;

import org.jspecify.annotations.NullMarked;
