package io.millrace.bench;

import java.util.List;
import java.util.Map;

/**
 * What the rounds gave.
 *
 * @param rounds of texts that were measured
 * @param texts per round
 * @param tokens of a text, on average
 * @param threads that computed
 * @param rawByBatch texts per second of raw, by form and then by texts per batch, when the best was looked for
 * @param lines one per form and way
 * @param int8OverFp32 how many times as fast int8 is, by way, in the same round
 */
public record TextReport(
        int rounds,
        int texts,
        double tokens,
        int threads,
        Map<String, Map<Integer, Double>> rawByBatch,
        List<TextLine> lines,
        Map<String, Spread> int8OverFp32) {}
