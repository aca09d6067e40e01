package io.millrace.stream.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Activation;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.Metrics;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.stream.commit.IdleCommits;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.feature.DeadLetters;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.swap.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A pipeline in Kafka's own test driver, with a clock that stands still. */
final class PipelineHarness implements AutoCloseable {
    static final Instant NOW = Instant.parse("2018-08-08T00:00:00Z");
    static final String INPUT = "transactions";
    static final String FEEDBACK = "feedback";

    final ModelSlot slot = new ModelSlot(LoadedModel::close);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final PipelineMeters meters;
    final TopologyTestDriver driver;
    private final String name;
    private final TestInputTopic<byte[], byte[]> input;
    private final @Nullable TestInputTopic<byte[], byte[]> feedback;
    private final SingleObject<Score> scores = SingleObject.of(Score.class, SchemaStore.ofOwn());
    private final SingleObject<LabelledExample> examples = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
    private final SingleObject<Metrics> metrics = SingleObject.of(Metrics.class, SchemaStore.ofOwn());
    private final SingleObject<Activation> activations = SingleObject.of(Activation.class, SchemaStore.ofOwn());

    PipelineHarness(FeatureSet features, LoadedModel model, boolean labels) {
        this(
                InputConfig.of(INPUT, null, "id", "time", null, null, Map.of("card", "payload.card"), null, null),
                features,
                model,
                labels);
    }

    PipelineHarness(InputConfig inputConfig, FeatureSet features, LoadedModel model, boolean labels) {
        this(inputConfig, features, model, labels ? LabelsConfig.of(FEEDBACK, null, null, null) : null);
    }

    PipelineHarness(
            InputConfig inputConfig, FeatureSet features, LoadedModel model, @Nullable LabelsConfig labelsConfig) {
        this(
                new PipelineConfig(
                        "fraud",
                        inputConfig,
                        "fraud",
                        1,
                        new BatchConfig(4, Duration.ofMillis(5)),
                        new DecisionConfig(0.5),
                        labelsConfig,
                        true,
                        ScoreFormat.AVRO),
                features,
                model);
    }

    /** Any pipeline; of texts, without features. */
    PipelineHarness(PipelineConfig config, @Nullable FeatureSet features, LoadedModel model) {
        this(config, features, model, Runnable::run, () -> 0L);
    }

    /** Any pipeline, whose full batches this executor runs if this clock says that they take long. */
    PipelineHarness(
            PipelineConfig config,
            @Nullable FeatureSet features,
            LoadedModel model,
            Executor inference,
            LongSupplier nanoClock) {
        LabelsConfig labelsConfig = config.labels();
        boolean labels = labelsConfig != null;
        name = config.name();
        meters = new PipelineMeters(registry, name);
        slot.replace(model);
        var plan = new PipelinePlan(config, features, model.manifest().classes(), 1, labels ? 1 : 0);
        var with = new PipelineTopology.Dependencies(
                "test",
                slot,
                InstantSource.fixed(NOW),
                nanoClock,
                1024 * 1024,
                meters,
                new IdleCommits(Duration.ZERO, () -> 0L),
                inference);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        this.driver = new TopologyTestDriver(PipelineTopology.build(plan, with), properties);
        this.input =
                driver.createInputTopic(config.input().topic(), new ByteArraySerializer(), new ByteArraySerializer());
        this.feedback = labelsConfig == null
                ? null
                : driver.createInputTopic(labelsConfig.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(@Nullable String key, byte @Nullable [] value) {
        input.pipeInput(new TestRecord<>(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
    }

    void send(String json) {
        send("key", json.getBytes(StandardCharsets.UTF_8));
    }

    void label(String key, String json) {
        if (feedback == null) {
            throw new IllegalStateException("this pipeline has no labels");
        }
        feedback.pipeInput(key.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
    }

    List<Score> scores() {
        return output(TopicCatalogue.scores(name)).readValuesToList().stream()
                .map(scores::decode)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> records(String topic) {
        return output(topic).readRecordsToList();
    }

    List<LabelledExample> examples() {
        return output(TopicCatalogue.examples(name)).readValuesToList().stream()
                .map(examples::decode)
                .toList();
    }

    List<Metrics> metrics() {
        return output(TopicCatalogue.metrics(name)).readValuesToList().stream()
                .map(metrics::decode)
                .toList();
    }

    List<Activation> activations() {
        return output(TopicCatalogue.activations(name)).readValuesToList().stream()
                .map(activations::decode)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return records(TopicCatalogue.DEAD_LETTERS);
    }

    List<String> deadReasons() {
        return deadLetters().stream()
                .map(letter -> header(letter, DeadLetters.REASON))
                .toList();
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        driver.close();
        slot.close();
    }
}
