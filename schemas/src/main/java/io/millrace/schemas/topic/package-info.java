/**
 * The topics that the processes meet at: declared once in {@link io.millrace.schemas.topic.TopicCatalogue}, created at
 * start by {@link io.millrace.schemas.topic.TopicCreator}, before any record flows.
 */
@NullMarked
package io.millrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
