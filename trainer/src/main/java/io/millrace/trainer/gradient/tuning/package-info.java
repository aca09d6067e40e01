/** How weights are tuned: what is frozen and kept, batches, loss, optimiser, early stopping. Output: other weights. */
@NullMarked
package io.millrace.trainer.gradient.tuning;

import org.jspecify.annotations.NullMarked;
