/**
 * From a file of past events or of texts to a first model. Input: a file with labels, settings and a seed. Output: a bundle with
 * its lineage, ready to publish.
 */
@NullMarked
package io.millrace.trainer.pretrain;

import org.jspecify.annotations.NullMarked;
