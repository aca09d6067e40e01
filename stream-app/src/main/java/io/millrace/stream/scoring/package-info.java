/**
 * From feature vectors to scores, in batches that a commit sees. Input: envelopes with complete features. Output:
 * scores, alerts and activations for their topics, and scored events for the label join.
 */
@NullMarked
package io.millrace.stream.scoring;

import org.jspecify.annotations.NullMarked;
