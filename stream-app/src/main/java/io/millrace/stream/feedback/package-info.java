/**
 * From a late label to those that wait for it. Input: the feedback topic, and scored events. Output: label routes for
 * the feature stages.
 */
@NullMarked
package io.millrace.stream.feedback;

import org.jspecify.annotations.NullMarked;
