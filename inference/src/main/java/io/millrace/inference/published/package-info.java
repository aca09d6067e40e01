/**
 * Between bundles and the model log: what of a version travels, and how a bundle becomes whole again. Input: a bundle to
 * publish, or a published version with a store of its files. Output goes to the log, or to the model loader.
 */
@NullMarked
package io.millrace.inference.published;

import org.jspecify.annotations.NullMarked;
