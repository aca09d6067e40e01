package io.millrace.cli.command;

import io.millrace.cli.config.MillraceConfig;
import io.millrace.cli.config.ModelConfig;
import io.millrace.cli.output.WrongUseException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.config.Durations;
import io.millrace.stream.config.PipelineConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mixed into the commands that play a file through one pipeline of the configuration, with one model. */
final class PipelineOptions {
    private static final Duration LEAST_DELAY = Duration.ofMinutes(1);

    @Parameters(paramLabel = "PIPELINE", description = "A pipeline of the configuration.")
    private String pipeline;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The YAML configuration; without it the built-in one.")
    private @Nullable Path config;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "The bundle to begin with; by default that of the configuration.")
    private @Nullable Path model;

    MillraceConfig config() {
        return config == null ? MillraceConfig.builtIn() : MillraceConfig.load(config);
    }

    PipelineConfig pipeline(MillraceConfig settings) {
        return settings.pipeline(pipeline);
    }

    Bundle bundle(MillraceConfig settings, PipelineConfig chosen) {
        return BundleFolder.read(model == null ? configured(settings, chosen) : model);
    }

    /** How late the labels of a file are to be; the pipeline must say where in the file they lie. */
    static Duration labelDelay(PipelineConfig pipeline, String labelsAfter) {
        if (pipeline.labels() == null || pipeline.labels().column() == null) {
            throw new WrongUseException("late labels need the label column of the input: set labels.column of "
                    + "pipeline '" + pipeline.name() + "' in the configuration");
        }
        return delay(labelsAfter);
    }

    /** A delay of labels in event time. */
    static Duration delay(String labelsAfter) {
        Duration delay = Durations.parse(labelsAfter);
        if (delay.compareTo(LEAST_DELAY) < 0) {
            throw new WrongUseException("--labels-after must be at least 1m, was " + labelsAfter);
        }
        return delay;
    }

    private static Path configured(MillraceConfig settings, PipelineConfig pipeline) {
        return settings.models().stream()
                .filter(candidate -> candidate.name().equals(pipeline.model()))
                .map(ModelConfig::bundle)
                .findFirst()
                .orElseThrow(() -> new WrongUseException("the configuration names no bundle for model '"
                        + pipeline.model() + "': add it under 'models:', or give --model FOLDER"));
    }
}
