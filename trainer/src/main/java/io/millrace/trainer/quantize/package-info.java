/**
 * The int8 form of a tuned text classifier, judged against the model itself before it goes into a bundle. Input: a
 * learner's model and texts that nobody learned from. Output goes to {@link io.millrace.trainer.round} and
 * {@link io.millrace.trainer.pretrain}.
 */
@NullMarked
package io.millrace.trainer.quantize;

import org.jspecify.annotations.NullMarked;
