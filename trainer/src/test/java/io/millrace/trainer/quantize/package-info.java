/** Int8 forms that are taken, and those that are left out with a reason. */
@NullMarked
package io.millrace.trainer.quantize;

import org.jspecify.annotations.NullMarked;
