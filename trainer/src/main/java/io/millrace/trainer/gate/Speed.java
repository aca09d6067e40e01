package io.millrace.trainer.gate;

/**
 * How long the two take to score the same rows.
 *
 * @param championNanos the champion's best time
 * @param candidateNanos the candidate's best time
 */
public record Speed(long championNanos, long candidateNanos) {

    /** How many times as long the candidate takes. */
    double slowdown() {
        return (double) candidateNanos / Math.max(1, championNanos);
    }
}
