package io.millrace.cli.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.GoldenSample;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests of the whole stream share: a pipeline of two entities, and small real models for it. */
final class StreamFixture {
    static final String INPUT = "transactions";
    static final String FEEDBACK = "feedback";
    static final String SCORES = "fraud.scores";
    static final String ACTIVATIONS = "fraud.activations";
    static final int CARD_COUNT = 1;
    static final int SHOP_COUNT = 2;

    /** Counts over a day, so that the features say how often each event was counted. */
    static final FeatureSet FEATURES = new FeatureSet(
            "counts",
            "UTC",
            List.of(new FieldFeature("AMOUNT", "amount"), count("CARD_COUNT", "card"), count("SHOP_COUNT", "shop")));

    private StreamFixture() {}

    private static WindowFeature count(String name, String entity) {
        return new WindowFeature(name, entity, Aggregate.COUNT, null, Duration.ofDays(1), Duration.ZERO);
    }

    static PipelineConfig pipeline(int partitions, int rows, Duration linger) {
        return new PipelineConfig(
                "fraud",
                InputConfig.of(INPUT, null, "id", "time", null, null, null, null, null),
                "fraud",
                partitions,
                new BatchConfig(rows, linger),
                new DecisionConfig(0.5),
                null,
                true,
                ScoreFormat.AVRO);
    }

    static PipelineConfig withLabels(PipelineConfig pipeline) {
        return new PipelineConfig(
                pipeline.name(),
                pipeline.input(),
                pipeline.model(),
                pipeline.partitions(),
                pipeline.batch(),
                pipeline.decision(),
                LabelsConfig.of(FEEDBACK, null, null, null),
                pipeline.emitFeatures(),
                pipeline.scoreFormat());
    }

    static StreamApp app(String bootstrapServers, Path stateDir, PipelineConfig pipeline) {
        StreamConfig stream = new StreamConfig(
                2, Guarantee.EXACTLY_ONCE, Duration.ofMillis(100), ExecutionDevice.CPU, 1, null, 16, 0);
        return new StreamApp(new StreamApp.Settings(
                Map.of("bootstrap.servers", bootstrapServers),
                stream,
                List.of(pipeline),
                "instance-1",
                stateDir,
                Clock.systemUTC(),
                new SimpleMeterRegistry()));
    }

    /** A model sigmoid(bias), so that its scores tell which version made them. */
    static Bundle bundle(float bias) {
        return bundle(FEATURES, graph(FEATURES.size(), "Sigmoid", bias), List.of());
    }

    static byte[] graph(int width, String activation, float bias) {
        return new GraphBuilder("test")
                .input("features", OnnxTypes.FLOAT, -1, width)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[2 * width], width, 2)
                .weights("b", new float[] {-bias, bias}, 2)
                .node("Gemm", List.of("features", "w", "b"), List.of("logits"))
                .node(activation, List.of("logits"), List.of("probabilities"))
                .toModel()
                .toByteArray();
    }

    static Bundle bundle(FeatureSet features, byte[] graph, List<GoldenSample> golden) {
        var manifest = new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                .input("features")
                .output("probabilities")
                .featureSet(features)
                .golden(1e-4, golden)
                .threshold(0.5)
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, graph));
    }

    static void createTopics(String bootstrapServers, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicCreator.ensure(admin, TopicCatalogue.model());
            TopicCreator.ensure(admin, TopicCatalogue.pipeline("fraud", INPUT, null, partitions));
        }
    }

    static ModelVersion publish(String bootstrapServers, Bundle bundle) {
        return publish(
                bootstrapServers, new VersionDraft(bundle.manifest().name(), bundle.manifestYaml(), bundle.blobs()));
    }

    static ModelVersion publish(String bootstrapServers, VersionDraft draft) {
        try (ModelRegistryWriter writer = new ModelRegistryWriter(
                Map.of("bootstrap.servers", bootstrapServers), "fraud", "test", Clock.systemUTC())) {
            return writer.publish(draft, PublishAs.CHAMPION, "a test");
        }
    }

    static <T extends SpecificRecord> SingleObject<T> codec(Class<T> type) {
        return SingleObject.of(type, SchemaStore.ofOwn());
    }

    /** Sends transactions of 40 cards at 7 shops, all at one instant, keyed by shop. */
    static void send(String bootstrapServers, int from, int to) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int id = from; id < to; id++) {
                Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(INPUT, shop(id), transaction(id)));
            }
        }
    }

    static String card(int id) {
        return "card-" + id % 40;
    }

    static String shop(int id) {
        return "shop-" + id % 7;
    }

    private static String transaction(int id) {
        return "{\"id\":\"" + id + "\",\"time\":1600000000000,\"card\":\"" + card(id) + "\",\"shop\":\"" + shop(id)
                + "\",\"amount\":" + id % 100 + "}";
    }
}
