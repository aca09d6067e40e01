package io.millrace.bench.latency;

import io.millrace.stream.config.Guarantee;

/**
 * What one load met under one setting of the stream.
 *
 * @param guarantee of the stream
 * @param commitMillis how often it commits
 * @param maximumRate events a second at most under this setting, with generator and consumer on the same machine
 * @param load share of the maximum, in percent
 * @param rate events a second that were sent
 * @param latency from when an event was due to the arrival of its committed score, in milliseconds
 * @param latestSendMillis how late the load's own generator was at worst, which is part of the latency
 * @param backlogMillis from when the last event was due until all had their scores
 * @param keptUp whether the stream kept up with the load: otherwise the latency grows with the time measured
 * @param scoredAgain scores beyond the first one of an event
 */
public record LatencyLine(
        Guarantee guarantee,
        long commitMillis,
        double maximumRate,
        int load,
        double rate,
        Percentiles latency,
        double latestSendMillis,
        double backlogMillis,
        boolean keptUp,
        long scoredAgain) {}
