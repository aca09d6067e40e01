/**
 * Card transactions made up by rule, for demonstrations and for the pre-trained fraud model. Input: settings
 * and a seed. Output: transactions in the order of time, as records or as a CSV file.
 */
@NullMarked
package io.millrace.cli.simulate;

import org.jspecify.annotations.NullMarked;
