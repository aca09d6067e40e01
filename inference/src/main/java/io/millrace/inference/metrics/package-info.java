/**
 * How good a scorer is, as exact numbers. Input: scores and true labels of rows that the model did not
 * learn from. Output goes to lineage, reports and the gate.
 */
@NullMarked
package io.millrace.inference.metrics;

import org.jspecify.annotations.NullMarked;
