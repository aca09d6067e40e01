/** Tests of the gradient learner: small networks, a real text encoder, memory. */
@NullMarked
package io.millrace.trainer.gradient;

import org.jspecify.annotations.NullMarked;
