/** Backtests of small simulated files, on a real broker where the stream matters. */
@NullMarked
package io.millrace.cli.backtest;

import org.jspecify.annotations.NullMarked;
