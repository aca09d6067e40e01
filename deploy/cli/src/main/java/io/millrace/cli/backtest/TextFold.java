package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One policy over a stretch of the stream.
 *
 * <p>Threading: immutable.
 *
 * @param from number of its first text
 * @param to number of its last text
 * @param policy static: the model that the stream began with, had it never learned more; adaptive: what the stream said
 * @param texts how many of these have a label
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextFold(
        long from,
        long to,
        String policy,
        int texts,
        @Nullable Double accuracy,
        @Nullable Double balancedAccuracy) {

    static final String STATIC = "static";
    static final String ADAPTIVE = "adaptive";

    static TextFold of(long from, long to, String policy, TextQuality quality) {
        return new TextFold(from, to, policy, quality.texts(), quality.accuracy(), quality.balancedAccuracy());
    }
}
