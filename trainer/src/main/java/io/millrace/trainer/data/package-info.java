/**
 * From a file of events with labels to feature rows. Input: a CSV file in the order of time. Output goes to the
 * learners and to the metrics. Features come from inference's own engine, with labels as late as in the stream.
 */
@NullMarked
package io.millrace.trainer.data;

import org.jspecify.annotations.NullMarked;
