package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.millrace.inference.onnx.Precision;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline: an input topic, a model, and what becomes of the scores.
 *
 * @param name names its topics (NAME.scores) and its Kafka application
 * @param input where events come from
 * @param model name of the model that scores
 * @param partitions of the topics that it creates for itself; those of the input topic when it exists
 * @param batch when batches close
 * @param decision how a score becomes a decision
 * @param labels where labels arrive; null when there are none
 * @param emitFeatures whether scores carry the features
 * @param scoreFormat how scores and alerts are written
 * @param metrics how versions are judged by the labels that come in
 * @param feed the series of scores per subject; null for none
 * @param precision which form of the model runs, where it has two
 */
public record PipelineConfig(
        String name,
        InputConfig input,
        String model,
        int partitions,
        BatchConfig batch,
        DecisionConfig decision,
        @Nullable LabelsConfig labels,
        boolean emitFeatures,
        ScoreFormat scoreFormat,
        MetricsConfig metrics,
        @Nullable FeedConfig feed,
        Precision precision) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    /** Absent values take their defaults. */
    @JsonCreator
    public static PipelineConfig of(
            @Nullable String name,
            @Nullable InputConfig input,
            @Nullable String model,
            @Nullable Integer partitions,
            @Nullable BatchConfig batch,
            @Nullable DecisionConfig decision,
            @Nullable LabelsConfig labels,
            @Nullable Boolean emitFeatures,
            @Nullable ScoreFormat scoreFormat,
            @Nullable MetricsConfig metrics,
            @Nullable FeedConfig feed,
            @Nullable Precision precision) {
        if (input == null) {
            throw new IllegalArgumentException("input is missing: say where the events come from");
        }
        String named = Checks.required("name", name, "it names the pipeline's topics");
        return new PipelineConfig(
                named,
                input,
                model == null ? named : model,
                partitions == null ? 1 : partitions,
                batch == null ? BatchConfig.defaults() : batch,
                decision == null ? new DecisionConfig(null) : decision,
                labels,
                emitFeatures != null && emitFeatures,
                scoreFormat == null ? ScoreFormat.AVRO : scoreFormat,
                metrics == null ? MetricsConfig.defaults() : metrics,
                feed,
                precision == null ? Precision.AUTO : precision);
    }

    /** A pipeline whose versions are judged in the default way, without a feed. */
    public PipelineConfig(
            String name,
            InputConfig input,
            String model,
            int partitions,
            BatchConfig batch,
            DecisionConfig decision,
            @Nullable LabelsConfig labels,
            boolean emitFeatures,
            ScoreFormat scoreFormat) {
        this(
                name,
                input,
                model,
                partitions,
                batch,
                decision,
                labels,
                emitFeatures,
                scoreFormat,
                MetricsConfig.defaults(),
                null,
                Precision.AUTO);
    }

    public PipelineConfig {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be lower-case letters, digits and dashes, begin with a letter, was '" + name + "'");
        }
        Checks.range("partitions", partitions, 1, 1024);
        if (feed != null && input.text() == null) {
            throw new IllegalArgumentException(
                    "feed needs texts: name the field with the text in input.text, or leave feed out");
        }
    }

    /** Whether its model reads texts. */
    public boolean readsTexts() {
        return input.text() != null;
    }

    /** The same pipeline, with scores that carry their features or not. */
    public PipelineConfig withEmitFeatures(boolean emit) {
        return new PipelineConfig(
                name, input, model, partitions, batch, decision, labels, emit, scoreFormat, metrics, feed, precision);
    }

    /** The same pipeline, with scores written otherwise. */
    public PipelineConfig withScoreFormat(ScoreFormat format) {
        return new PipelineConfig(
                name,
                input,
                model,
                partitions,
                batch,
                decision,
                labels,
                emitFeatures,
                format,
                metrics,
                feed,
                precision);
    }

    /** The same pipeline, with another form of the model. */
    public PipelineConfig withPrecision(Precision form) {
        return new PipelineConfig(
                name,
                input,
                model,
                partitions,
                batch,
                decision,
                labels,
                emitFeatures,
                scoreFormat,
                metrics,
                feed,
                form);
    }

    /** The same pipeline without labels. */
    public PipelineConfig withoutLabels() {
        return new PipelineConfig(
                name,
                input,
                model,
                partitions,
                batch,
                decision,
                null,
                emitFeatures,
                scoreFormat,
                metrics,
                feed,
                precision);
    }
}
