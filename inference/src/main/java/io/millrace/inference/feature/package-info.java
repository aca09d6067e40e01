/**
 * What a model's inputs are, as data: the ordered, typed and hashed definitions that a model version carries. Input: the
 * manifest of a bundle; output goes to {@code io.millrace.inference.feature.state}, which computes the values.
 */
@NullMarked
package io.millrace.inference.feature;

import org.jspecify.annotations.NullMarked;
