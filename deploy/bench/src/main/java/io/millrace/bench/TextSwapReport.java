package io.millrace.bench;

import java.util.Map;

/**
 * What swaps of a text classifier did to the texts that were flowing, and what they sent.
 *
 * @param sent texts
 * @param scoredOnce of these, those with exactly one score
 * @param activations swaps that the scores show: the version goes up from one score to the next
 * @param steady waits of texts far from a swap
 * @param atSwaps waits of texts sent while a version was fetched, loaded and taken over, or just after
 * @param bytes on the wire by form and by what was tuned: head, last-2 and full
 */
public record TextSwapReport(
        int sent, int scoredOnce, int activations, Waits steady, Waits atSwaps, Map<String, Map<String, Long>> bytes) {}
