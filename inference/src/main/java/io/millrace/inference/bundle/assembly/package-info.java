/**
 * Bundles that a repository holds in small: what tuning changed of a published encoder, and which one that is. Input: a
 * folder and the encoder's artifact on the class path. Output: the files that the bundle's manifest names.
 */
@NullMarked
package io.millrace.inference.bundle.assembly;

import org.jspecify.annotations.NullMarked;
