package io.millrace.bench;

import org.jspecify.annotations.Nullable;

/**
 * One way of scoring the texts of a round.
 *
 * @param form fp32 or int8
 * @param way raw, model, stream or stream-again
 * @param batch texts per batch where that is fixed
 * @param textsPerSecond over the rounds
 * @param ofRaw the speed as a multiple of raw's with the same form in the same round
 * @param padding share of the tokens that the model ran over; null where it did not run
 */
public record TextLine(
        String form,
        String way,
        @Nullable Integer batch,
        Spread textsPerSecond,
        Spread ofRaw,
        @Nullable Double padding) {}
