/**
 * The feed: a series of scores per subject. Input: scored texts with their subject. Output: one point per subject,
 * window of event time and version of the model, corrected when late texts come.
 */
@NullMarked
package io.millrace.stream.feed;

import org.jspecify.annotations.NullMarked;
