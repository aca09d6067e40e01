/**
 * Holds the features that scores were made from against a file of known right ones. Input: the lines that
 * {@code score --emit-features} prints, and the golden file. Output: a report of what is missing and what differs.
 */
@NullMarked
package io.millrace.cli.compare;

import org.jspecify.annotations.NullMarked;
