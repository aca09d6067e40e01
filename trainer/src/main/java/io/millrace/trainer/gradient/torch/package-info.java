/** PyTorch's engine behind DJL: the only place that starts it, switches gradients on and asks for them. */
@NullMarked
package io.millrace.trainer.gradient.torch;

import org.jspecify.annotations.NullMarked;
