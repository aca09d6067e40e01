package io.millrace.cli.backtest;

/**
 * How many labels came so late.
 *
 * <p>Threading: immutable. Units: days of event time.
 *
 * @param days whole days from event to label
 */
record DelayBin(int days, long labels) {}
