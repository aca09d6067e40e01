package io.millrace.bench.arena;

/**
 * How a run went in which each record was scored once.
 *
 * @param perSecond records committed, see {@link RateRule}
 * @param seconds that it was taken over
 * @param coarse whether the run was too short for its rate to be exact
 * @param records that were read afterwards, each once
 */
public record Verdict(double perSecond, double seconds, boolean coarse, long records) {}
