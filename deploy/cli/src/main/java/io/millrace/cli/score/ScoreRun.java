package io.millrace.cli.score;

import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.avro.Score;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.scoring.ScoreJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run over a file that prints its scores.
 *
 * <p>Threading: {@link #run} works on the caller's thread and starts one that sends. Lifecycle: everything it starts
 * ends with it; its folder is the caller's to remove.
 */
public final class ScoreRun {
    private static final Duration LONGEST_BLOCK = Duration.ofDays(7);

    private final Request request;
    private final PrintWriter out;
    private final ScoreProgress progress;

    /**
     * What is to be scored.
     *
     * @param input a file, or a dash
     * @param texts how the input's texts become records; null for rows of fields
     * @param labelValues what the label column says
     * @param labelsAfter how late labels are; null for none
     * @param folder for the broker and the state
     */
    public record Request(
            PipelineConfig pipeline,
            StreamConfig stream,
            Bundle bundle,
            String input,
            @Nullable TextLayout texts,
            LabelValues labelValues,
            @Nullable Duration labelsAfter,
            boolean emitFeatures,
            Path folder) {}

    /** Makes a run that prints scores to {@code out}. */
    public ScoreRun(Request request, PrintWriter out, ScoreProgress progress) {
        this.request = request;
        this.out = out;
        this.progress = progress;
    }

    /** Scores every row, and answers what became of them. */
    public ScoreSummary run() throws IOException, InterruptedException {
        PipelineConfig pipeline = pipeline();
        ScoreJson json = new ScoreJson(request.emitFeatures() ? featureNames() : null, request.texts() == null);
        try (OwnPipeline own = OwnPipeline.start(pipeline, request.stream(), request.folder())) {
            own.serve(request.bundle(), "to score " + request.input());
            var plan = new ReplayRun.Plan(
                    pipeline,
                    request.bundle().manifest(),
                    request.input(),
                    request.texts(),
                    request.labelValues(),
                    request.labelsAfter(),
                    LONGEST_BLOCK,
                    Long.MAX_VALUE);
            ScoreSummary summary =
                    new ReplayRun(own, plan).run(score -> print(json, score), ReplayListener.SILENT, progress);
            out.flush();
            return summary;
        }
    }

    private PipelineConfig pipeline() {
        PipelineConfig pipeline =
                request.pipeline().withEmitFeatures(request.emitFeatures()).withScoreFormat(ScoreFormat.AVRO);
        return request.labelsAfter() == null ? pipeline.withoutLabels() : pipeline;
    }

    private void print(ScoreJson json, Score score) {
        out.write(json.line(score));
        out.write('\n');
    }

    private List<String> featureNames() {
        FeatureSet features = request.bundle().manifest().featureSet();
        if (features == null) {
            throw new FailedException("model " + request.bundle().manifest().name() + " has no feature set");
        }
        return features.features().stream().map(FeatureDefinition::name).toList();
    }
}
