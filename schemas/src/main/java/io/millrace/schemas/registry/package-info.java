/**
 * The model log: versions, roles and status of models on Kafka topics, and the blobs that they consist of. Input: what a
 * trainer or a person publishes; output goes to the streams that follow it. Knows nothing of what a model computes.
 */
@NullMarked
package io.millrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
