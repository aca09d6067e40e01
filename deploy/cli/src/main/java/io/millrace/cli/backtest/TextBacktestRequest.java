package io.millrace.cli.backtest;

import io.millrace.cli.score.LabelValues;
import io.millrace.cli.score.TextLayout;
import io.millrace.inference.bundle.Bundle;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.trainer.config.TrainingConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Which texts are played back, and how.
 *
 * <p>Threading: immutable.
 *
 * @param bundle that the pipeline begins with
 * @param training the policy of rounds, learner and gate
 * @param input a file of labelled texts, or a dash
 * @param layout how its lines become records
 * @param labelValues what its labels say
 * @param labelsAfter how late labels are, in the time of the texts
 * @param labelsAfterText the same as it was asked for
 * @param windowEvents how many texts are judged together
 * @param folder for the broker and the state
 */
public record TextBacktestRequest(
        PipelineConfig pipeline,
        StreamConfig stream,
        Bundle bundle,
        TrainingConfig training,
        String input,
        TextLayout layout,
        LabelValues labelValues,
        Duration labelsAfter,
        String labelsAfterText,
        int windowEvents,
        Path folder) {}
