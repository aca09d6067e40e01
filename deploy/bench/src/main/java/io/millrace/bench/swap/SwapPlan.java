package io.millrace.bench.swap;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How swaps are measured.
 *
 * @param swaps versions that take over one after the other
 * @param load in percent of the maximum
 * @param commitMillis how often the stream commits
 * @param between from one version's first batch to the next one's publication
 * @param maximum how long a round lasts in which the maximum is sought
 * @param warmUpRounds in which it is sought, at most
 * @param settle how long the load flows before the first swap
 * @param model folder of a model of texts; null for an encoder that has learned nothing
 * @param small whether that one is a tiny one
 */
public record SwapPlan(
        int swaps,
        int load,
        long commitMillis,
        Duration between,
        Duration maximum,
        int warmUpRounds,
        Duration settle,
        @Nullable Path model,
        boolean small) {
    public SwapPlan {
        if (swaps < 1) {
            throw new IllegalArgumentException("at least 1 swap is needed, were " + swaps);
        }
        if (load < 1 || load > 100) {
            throw new IllegalArgumentException("the load must be from 1 to 100 percent of the maximum, was " + load);
        }
        if (commitMillis < 1) {
            throw new IllegalArgumentException("the commit interval must be at least 1 ms, was " + commitMillis);
        }
        if (between.toMillis() < 1_200) {
            throw new IllegalArgumentException(
                    "between swaps at least 1.2 s are needed, so that there is a steady window"
                            + " to compare with, were " + between.toMillis() + " ms");
        }
    }
}
