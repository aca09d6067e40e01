package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.trainer.config.TrainingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is played back.
 *
 * <p>Threading: immutable.
 *
 * @param bundle that the pipeline begins with
 * @param training the policy of rounds, learner and gate
 * @param input a file, or a dash
 * @param labelsAfter how late labels are
 * @param from first day that is judged; null for the first there is. What lies before is played all the same
 * @param to last day that is played; null for the last there is
 * @param cut on this day a first model is trained from what is known by then, and the walk begins; null to begin with
 *     the bundle
 * @param folder for the broker and the state
 */
public record BacktestRequest(
        PipelineConfig pipeline,
        StreamConfig stream,
        Bundle bundle,
        TrainingConfig training,
        String input,
        Duration labelsAfter,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable LocalDate cut,
        Path folder) {}
