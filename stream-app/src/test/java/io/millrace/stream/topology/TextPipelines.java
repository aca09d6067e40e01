package io.millrace.stream.topology;

import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.FeedConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.SegmentConfig;
import io.millrace.stream.support.TextModels;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pipelines of texts for tests. */
final class TextPipelines {
    static final int MAX_TOKENS = 16;

    private TextPipelines() {}

    static PipelineHarness plain() {
        return new PipelineHarness(config(null, ScoreFormat.AVRO), null, TextModels.load(1, 1, MAX_TOKENS));
    }

    static PipelineHarness json() {
        return new PipelineHarness(config(null, ScoreFormat.JSON), null, TextModels.load(1, 1, MAX_TOKENS));
    }

    static PipelineHarness labelled() {
        LabelsConfig labels = LabelsConfig.of(
                "mood-feedback", Duration.ofDays(10), null, null, new SegmentConfig("source", List.of()));
        return new PipelineHarness(config(labels, ScoreFormat.AVRO), null, TextModels.load(7, 1, MAX_TOKENS));
    }

    static PipelineHarness withFeed() {
        return new PipelineHarness(
                config(null, ScoreFormat.JSON, FeedConfig.of("source")), null, TextModels.load(1, 1, MAX_TOKENS));
    }

    private static PipelineConfig config(@Nullable LabelsConfig labels, ScoreFormat format) {
        return config(labels, format, null);
    }

    private static PipelineConfig config(@Nullable LabelsConfig labels, ScoreFormat format, @Nullable FeedConfig feed) {
        return PipelineConfig.of(
                "mood",
                InputConfig.of("texts", null, "id", "time", null, null, null, null, "text", null),
                null,
                1,
                new BatchConfig(4, Duration.ofMillis(5)),
                null,
                labels,
                false,
                format,
                null,
                feed,
                null);
    }

    static String event(String id, String text) {
        return event(id, "2018-08-07T10:00:00Z", "web", text);
    }

    static String event(String id, String time, String source, String text) {
        return "{\"id\":\"%s\",\"time\":\"%s\",\"source\":\"%s\",\"text\":\"%s\"}".formatted(id, time, source, text);
    }
}
