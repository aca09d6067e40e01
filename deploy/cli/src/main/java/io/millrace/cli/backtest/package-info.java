/**
 * What a pipeline would have done: a file of past events with their labels goes through the production topology, driven
 * by event time, with the training that the configuration asks for. Output: a report for programs and one for people.
 */
@NullMarked
package io.millrace.cli.backtest;

import org.jspecify.annotations.NullMarked;
