/**
 * From a published version to the one that scores. Input: the model topics. Output: a slot from which each batch takes
 * one lease on one version.
 */
@NullMarked
package io.millrace.stream.swap;

import org.jspecify.annotations.NullMarked;
