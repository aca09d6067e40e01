package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Seven days of the walk.
 *
 * <p>Threading: immutable.
 *
 * @param start first day
 * @param fixed the model that the walk began with, had it never learned more
 * @param adaptive what the stream said in these days
 * @param gain of the adaptive one in average precision; null where that is not defined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Week(
        String start,
        int days,
        int rows,
        int positives,
        @JsonProperty("static") Quality fixed,
        Quality adaptive,
        @Nullable Double gain) {}
