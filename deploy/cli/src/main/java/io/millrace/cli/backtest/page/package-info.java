/**
 * A backtest's report as one HTML file that needs nothing from outside. Input: titles, series and tables. Output: text.
 */
@NullMarked
package io.millrace.cli.backtest.page;

import org.jspecify.annotations.NullMarked;
