/** Pretraining on small made-up files, and on the handbook's where it is at hand. */
@NullMarked
package io.millrace.trainer.pretrain;

import org.jspecify.annotations.NullMarked;
