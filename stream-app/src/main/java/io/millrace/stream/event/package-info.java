/**
 * What flows between the stages of a pipeline. Input: bytes of the user's topic. Output: envelopes for the feature
 * stages, and finished records for the topics that a pipeline writes.
 */
@NullMarked
package io.millrace.stream.event;

import org.jspecify.annotations.NullMarked;
