/**
 * What a model version is made of: a manifest and the blobs it names by hash. Comes from a folder or, through the model
 * log, from a topic; goes to {@code io.millrace.inference.onnx}, which turns it into a running session.
 */
@NullMarked
package io.millrace.inference.bundle;

import org.jspecify.annotations.NullMarked;
