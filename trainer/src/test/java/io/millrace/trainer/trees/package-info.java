/** Trees, their export, and the two against each other. */
@NullMarked
package io.millrace.trainer.trees;

import org.jspecify.annotations.NullMarked;
