/** Rows and labels by the replay, against small files written by hand. */
@NullMarked
package io.millrace.trainer.data;

import org.jspecify.annotations.NullMarked;
