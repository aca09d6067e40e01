package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was played back, and how. Nothing in it depends on the clock or on where files lie.
 *
 * <p>Threading: immutable.
 *
 * @param input name of the file
 * @param inputRows how many rows were played
 * @param judgedFrom first day that was judged
 * @param judgedTo last day that was judged
 * @param cut day on which the first model was trained; null when the walk began with the bundle
 * @param training the policy as YAML
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Setting(
        String pipeline,
        String model,
        String featureSet,
        String input,
        long inputRows,
        long deadRows,
        String labelsAfter,
        @Nullable String judgedFrom,
        @Nullable String judgedTo,
        @Nullable String cut,
        String learner,
        String training) {}
