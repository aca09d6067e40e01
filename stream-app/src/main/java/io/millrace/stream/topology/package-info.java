/**
 * The graph of a pipeline: which node hands to which, and through which topics. Built from the configuration and the
 * feature set of the model that it serves.
 */
@NullMarked
package io.millrace.stream.topology;

import org.jspecify.annotations.NullMarked;
