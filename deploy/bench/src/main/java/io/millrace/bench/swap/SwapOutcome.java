package io.millrace.bench.swap;

import io.millrace.bench.latency.Percentiles;

/**
 * What swaps did to the records of one pipeline. All times in milliseconds.
 *
 * @param swaps versions that took over
 * @param maximumRate events a second at most
 * @param rate events a second that flowed
 * @param events of the whole load, each with one score
 * @param scoredAgain scores beyond the first one of an event
 * @param loading from a version's publication to its first batch
 * @param taking what the stream thread lost to each version before its first batch
 * @param telling what the commit after it took longer to tell of it
 * @param firstBatch time in the model of each version's first batch
 * @param steadyBatch time in the model of other batches
 * @param firstBatchBeyond how much longer each version's first batch was than others of its size are on average
 * @param steadyBatchBeyond the same of other batches: how much chance does
 * @param firstBatchExcess how much longer the first batches are than as many others of their sizes, at the 99.9th
 *     percentile
 * @param pauseP999 taking, and the excess of the first batch
 * @param largestGapAtSwaps the largest gap between outputs in each window around a switch
 * @param largestGapSteady the same for windows of the same length between swaps
 * @param switchGap the gap in which each switch lay: from the last score of a version to the first of the next one
 * @param p99Ratio of the latencies at swaps to the steady ones, at the 99th percentile
 * @param latencySteady of events due between swaps
 * @param latencyAtSwaps of events due from a version's publication to shortly after its first batch
 * @param latestSendMillis how late the load's generator was at worst
 */
public record SwapOutcome(
        int swaps,
        double maximumRate,
        double rate,
        long events,
        long scoredAgain,
        Spans loading,
        Spans taking,
        Spans telling,
        Spans firstBatch,
        Spans steadyBatch,
        Spans firstBatchBeyond,
        Spans steadyBatchBeyond,
        double firstBatchExcess,
        double pauseP999,
        Spans largestGapAtSwaps,
        Spans largestGapSteady,
        Spans switchGap,
        double p99Ratio,
        Percentiles latencySteady,
        Percentiles latencyAtSwaps,
        double latestSendMillis) {}
