package io.millrace.cli.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.millrace.inference.config.ConfigException;
import io.millrace.inference.config.StrictYaml;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.trainer.config.TrainingConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a whole process: one YAML file.
 *
 * @param kafka properties for every Kafka client; without {@code bootstrap.servers} an embedded broker starts
 * @param data folder of the embedded broker and of the stream's state; {@code millrace-data} by default
 * @param stream how the stream runs
 * @param pipelines what is scored
 * @param models where bundles lie that are published when the registry has none
 * @param training how the models of the pipelines go on learning; a pipeline that is not named here is not trained
 */
public record MillraceConfig(
        Map<String, Object> kafka,
        Path data,
        StreamConfig stream,
        List<PipelineConfig> pipelines,
        List<ModelConfig> models,
        List<TrainingConfig> training) {

    private static final String BUILT_IN = "default.yaml";
    private static final Path DEFAULT_DATA = Path.of("millrace-data");

    /** Absent values take their defaults. */
    @JsonCreator
    public static MillraceConfig of(
            @Nullable Map<String, Object> kafka,
            @Nullable Path data,
            @Nullable StreamConfig stream,
            @Nullable List<PipelineConfig> pipelines,
            @Nullable List<ModelConfig> models,
            @Nullable List<TrainingConfig> training) {
        return new MillraceConfig(
                kafka == null ? Map.of() : kafka,
                data == null ? DEFAULT_DATA : data,
                stream == null ? StreamConfig.defaults() : stream,
                pipelines == null ? List.of() : pipelines,
                models == null ? List.of() : models,
                training == null ? List.of() : training);
    }

    public MillraceConfig {
        kafka.forEach(MillraceConfig::requirePlain);
        requireUnique("pipelines", pipelines.stream().map(PipelineConfig::name).toList());
        requireUnique("models", models.stream().map(ModelConfig::name).toList());
        List<String> trained = training.stream().map(TrainingConfig::pipeline).toList();
        requireUnique("training", trained);
        requireKnown(trained, pipelines.stream().map(PipelineConfig::name).toList());
        kafka = Map.copyOf(kafka);
        pipelines = List.copyOf(pipelines);
        models = List.copyOf(models);
        training = List.copyOf(training);
    }

    /**
     * Reads a file; relative paths in it are taken from the file's own folder.
     *
     * @throws ConfigException if the file is missing or says something impossible
     */
    public static MillraceConfig load(Path file) {
        try {
            MillraceConfig config = StrictYaml.read(
                    Files.readString(file, StandardCharsets.UTF_8), MillraceConfig.class, file.toString());
            return config.from(file.toAbsolutePath().normalize().getParent());
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no configuration file " + file + "; --config names an existing one", e);
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + e, e);
        }
    }

    /** The configuration that holds when none is given: fraud and sentiment over JSON on an embedded broker. */
    public static MillraceConfig builtIn() {
        try (InputStream in = MillraceConfig.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + BUILT_IN + " is missing from the jar");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return StrictYaml.read(yaml, MillraceConfig.class, "the built-in configuration")
                    .from(home());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in configuration", e);
        }
    }

    /** The folder of the repository, as the launcher says; else the current one. */
    public static Path home() {
        return Path.of(System.getProperty("millrace.home", "")).toAbsolutePath().normalize();
    }

    /** The same, with one more property for every Kafka client. */
    public MillraceConfig withKafka(String property, Object value) {
        Map<String, Object> changed = new HashMap<>(kafka);
        changed.put(property, value);
        return new MillraceConfig(changed, data, stream, pipelines, models, training);
    }

    /** The same with its data elsewhere. */
    public MillraceConfig withData(Path folder) {
        return new MillraceConfig(kafka, folder, stream, pipelines, models, training);
    }

    /** The same with one pipeline, its model and its training. */
    public MillraceConfig only(String name) {
        PipelineConfig kept = pipeline(name);
        return new MillraceConfig(
                kafka,
                data,
                stream,
                List.of(kept),
                models.stream()
                        .filter(model -> model.name().equals(kept.model()))
                        .toList(),
                training.stream().filter(entry -> entry.pipeline().equals(name)).toList());
    }

    /**
     * The pipeline of a name.
     *
     * @throws ConfigException if there is none, naming those there are
     */
    public PipelineConfig pipeline(String name) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new ConfigException("there is no pipeline '" + name + "' in the configuration; there is "
                                + pipelines.stream().map(PipelineConfig::name).toList()));
    }

    /** How the model of a pipeline goes on learning; empty when the configuration does not say. */
    public Optional<TrainingConfig> training(String pipeline) {
        return training.stream()
                .filter(entry -> entry.pipeline().equals(pipeline))
                .findFirst();
    }

    private MillraceConfig from(@Nullable Path folder) {
        Path base = folder == null ? home() : folder;
        // The data folder belongs to the installation, not to whichever file was used last.
        return new MillraceConfig(
                kafka,
                data.equals(DEFAULT_DATA)
                        ? home().resolve(data)
                        : base.resolve(data).normalize(),
                stream,
                pipelines,
                models.stream().map(model -> model.from(base)).toList(),
                training);
    }

    private static void requirePlain(String property, Object value) {
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException("kafka." + property + " must be a plain value, was " + value
                    + "; write Kafka's property names with their dots, such as bootstrap.servers: broker:9092");
        }
    }

    private static void requireKnown(List<String> trained, List<String> pipelines) {
        for (String name : trained) {
            if (!pipelines.contains(name)) {
                throw new IllegalArgumentException("training: there is no pipeline '" + name
                        + "'; name one of the pipelines, which are " + pipelines);
            }
        }
    }

    private static void requireUnique(String key, List<String> names) {
        Set<String> seen = new TreeSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(key + ": the name '" + name + "' is given twice; rename one");
            }
        }
    }
}
