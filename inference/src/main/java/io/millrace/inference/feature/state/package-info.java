/**
 * From an event to its feature vector: the state of each entity and the engine over it. Input: decoded events and the
 * labels that come late; output goes to the batch that is scored. The store is an interface; the stream adapts its own.
 */
@NullMarked
package io.millrace.inference.feature.state;

import org.jspecify.annotations.NullMarked;
