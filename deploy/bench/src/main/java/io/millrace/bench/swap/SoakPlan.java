package io.millrace.bench.swap;

import java.time.Duration;

/**
 * How a soak is run.
 *
 * @param swaps versions that take over one after the other
 * @param rate transactions a second that flow meanwhile
 * @param settle how long as many transactions as can flow before the first swap, so that what grows with them, such as
 *     state and compiled code, has grown by then; zero for not at all
 */
public record SoakPlan(int swaps, double rate, Duration settle) {
    /** Memory is compared with that after so many swaps: by then, all that is set up once is there. */
    private static final int FIRST = 100;

    private static final int EVERY = 1_000;

    public SoakPlan {
        if (swaps < 2) {
            throw new IllegalArgumentException("at least 2 swaps are needed to compare memory, were " + swaps);
        }
        if (!(rate > 0 && rate <= 10_000)) {
            throw new IllegalArgumentException("a light load has from 0 to 10,000 events a second, was " + rate);
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("the full load cannot be shorter than nothing, was " + settle);
        }
    }

    /** After so many swaps memory is measured for the first time: a tenth of them if there are few. */
    int firstAt() {
        return Math.max(1, Math.min(FIRST, swaps / 10));
    }

    boolean isMeasuredAt(int swap) {
        return swap == firstAt() || swap % EVERY == 0 || swap == swaps;
    }
}
