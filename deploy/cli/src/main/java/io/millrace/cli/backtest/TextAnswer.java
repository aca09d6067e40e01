package io.millrace.cli.backtest;

/**
 * What a model said of a text.
 *
 * <p>Threading: immutable.
 *
 * @param said place of the class that it decided on
 * @param confidence the probability that it gave that class
 */
record TextAnswer(int said, double confidence) {}
