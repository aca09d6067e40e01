package io.millrace.bench.scale;

import io.millrace.bench.Spread;

/**
 * What one point was in all rounds. Threading: immutable. Units: microseconds.
 *
 * @param curve what grows along its curve: partitions, keys or history
 * @param keys customers, and as many terminals; 0 for the simulated world's
 * @param eventsPerKey in the longest window; 0 for the simulated world's
 * @param filling events that were played before
 * @param perSecond events scored and committed
 * @param microsPerEvent the other way round
 * @param ratio of partitions: how many times the first point's rate; else: how many times the first point's cost; of
 *     each round
 */
public record ScaleLine(
        String curve,
        int partitions,
        int threads,
        long keys,
        long eventsPerKey,
        long filling,
        Spread perSecond,
        Spread microsPerEvent,
        Spread ratio) {}
