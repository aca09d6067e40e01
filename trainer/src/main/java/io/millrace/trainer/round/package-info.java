/**
 * One round of training without Kafka. Input: the champion and labelled examples. Output, an accepted version or the
 * reasons against it, goes to the trainer's service, to the backtest and to reproduction.
 */
@NullMarked
package io.millrace.trainer.round;

import org.jspecify.annotations.NullMarked;
