package io.millrace.cli.training;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.support.TestTopics;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Label;
import io.millrace.schemas.avro.LabelledExample;
import io.millrace.schemas.avro.ModelVersion;
import io.millrace.schemas.avro.TrainingRun;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.RegistryView;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamApp;
import io.millrace.trainer.config.GateConfig;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.config.TriggerConfig;
import io.millrace.trainer.config.WindowConfig;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.service.TrainedModel;
import io.millrace.trainer.service.TrainerSettings;
import io.millrace.trainer.trees.BoostedTrees;
import io.millrace.trainer.trees.BoosterBlob;
import io.millrace.trainer.trees.TrainedTrees;
import io.millrace.trainer.trees.TreeEnsembleExport;
import io.millrace.trainer.trees.TreeSettings;
import io.millrace.trainer.trees.TreeTrainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Transactions with a truth that a model can learn, and a first model that knows little of it. */
final class TrainingFixture {
    static final FeatureSet FEATURES =
            new FeatureSet("two", "UTC", List.of(new FieldFeature("A", "a"), new FieldFeature("B", "b")));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private TrainingFixture() {}

    /** An event with its truth; the same for the same number. */
    record Truth(int id, float a, float b, boolean fraud) {
        static Truth of(int id) {
            SplittableRandom random = new SplittableRandom(id);
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian();
            double logOdds = 2 * a + 1.5 * b - 2;
            return new Truth(id, a, b, random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }

        String eventId() {
            return "e" + id;
        }

        Instant time() {
            return START.plus(Duration.ofMinutes(id));
        }

        String label() {
            return fraud ? "FRAUD" : "LEGITIMATE";
        }

        String json() {
            return "{\"id\":\"" + eventId() + "\",\"time\":" + time().toEpochMilli() + ",\"a\":" + a + ",\"b\":" + b
                    + "}";
        }

        LabelledExample example(Instant receivedAt) {
            return new LabelledExample(
                    eventId(),
                    time(),
                    List.of(a, b),
                    FEATURES.hash(),
                    null,
                    label(),
                    "test",
                    time(),
                    receivedAt,
                    1.0,
                    0.5,
                    "fraud",
                    1,
                    null);
        }
    }

    /** Rounds after so many labels, that a gain of this much lets pass. */
    static TrainedModel model(int everyLabels, double margin) {
        return new TrainedModel(
                "fraud",
                new TrainingConfig(
                        "fraud",
                        null,
                        TriggerConfig.of(everyLabels, null, null),
                        WindowConfig.of(Duration.ofDays(30), null, null, null, 500, 10),
                        GateConfig.of(null, margin, null, 200, null, null, null, 1_000.0),
                        TreesConfig.of(15, null, null, 0.2, null),
                        TrainingConfig.of("fraud", null, null, null, null, null, null, null)
                                .gradient(),
                        7));
    }

    static TrainerSettings trainer(String servers, String instance) {
        return new TrainerSettings(
                Map.of("bootstrap.servers", servers), instance, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    static void createTopics(String servers, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            TopicCreator.ensure(admin, TopicCatalogue.model());
            TopicCreator.ensure(admin, TopicCatalogue.pipeline("fraud", "transactions", "feedback", partitions));
        }
    }

    /** A model of a few trees, grown on few transactions. */
    static Bundle firstModel() {
        int rows = 200;
        float[] values = new float[rows * 2];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            Truth truth = Truth.of(-1 - row);
            values[2 * row] = truth.a();
            values[2 * row + 1] = truth.b();
            labels[row] = truth.fraud() ? 1 : 0;
        }
        TrainedTrees trees =
                new TreeTrainer(new TreeSettings(3, 0.2, 1, 1, 1, 0)).train(new TrainingRows(values, labels, 2));
        return Bundle.of(
                new ManifestBuilder("fraud", Task.BINARY_CLASSIFICATION, List.of("LEGITIMATE", "FRAUD"))
                        .featureSet(FEATURES)
                        .build(),
                Map.of(
                        Bundle.MODEL_BLOB,
                        TreeEnsembleExport.toOnnx(BoostedTrees.ofXgboostJson(trees.json())),
                        BoosterBlob.PATH,
                        trees.booster()));
    }

    static void publish(String servers, Bundle bundle) {
        try (ModelRegistryWriter writer =
                new ModelRegistryWriter(Map.of("bootstrap.servers", servers), "fraud", "test", Clock.systemUTC())) {
            writer.publish(
                    new VersionDraft("fraud", bundle.manifestYaml(), bundle.blobs()), PublishAs.CHAMPION, "a test");
        }
    }

    /** Writes examples as the stream would, without a stream. */
    static void sendExamples(String servers, int from, int to) {
        SingleObject<LabelledExample> codec = SingleObject.of(LabelledExample.class, SchemaStore.ofOwn());
        Instant now = Instant.now();
        List<byte[]> values = new ArrayList<>();
        for (int id = from; id < to; id++) {
            values.add(codec.encode(Truth.of(id).example(now)));
        }
        send(servers, TopicCatalogue.examples("fraud"), from, values);
    }

    static void sendEvents(String servers, int from, int to) {
        List<byte[]> values = new ArrayList<>();
        for (int id = from; id < to; id++) {
            values.add(Truth.of(id).json().getBytes(StandardCharsets.UTF_8));
        }
        send(servers, "transactions", from, values);
    }

    static void sendLabels(String servers, int from, int to) {
        SingleObject<Label> codec = SingleObject.of(Label.class, SchemaStore.ofOwn());
        List<byte[]> values = new ArrayList<>();
        for (int id = from; id < to; id++) {
            Truth truth = Truth.of(id);
            values.add(codec.encode(new Label(
                    truth.eventId(),
                    truth.label(),
                    truth.time().plus(Duration.ofDays(1)),
                    truth.time(),
                    "test",
                    1.0,
                    false)));
        }
        send(servers, "feedback", from, values);
    }

    /** The stream of the pipeline, with labels. */
    static StreamApp stream(String servers, Path stateDir) {
        PipelineConfig pipeline = PipelineConfig.of(
                "fraud",
                InputConfig.of("transactions", null, "id", "time", null, null, null, null, null),
                "fraud",
                2,
                null,
                null,
                LabelsConfig.of("feedback", Duration.ofDays(35), null, null),
                null,
                null,
                null,
                null,
                null);
        StreamConfig config = new StreamConfig(
                1, Guarantee.EXACTLY_ONCE, Duration.ofMillis(100), ExecutionDevice.CPU, 1, null, 16, 0);
        return new StreamApp(new StreamApp.Settings(
                Map.of("bootstrap.servers", servers),
                config,
                List.of(pipeline),
                "stream-1",
                stateDir,
                Clock.systemUTC(),
                new SimpleMeterRegistry()));
    }

    static void send(String servers, String topic, int firstId, List<byte[]> values) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "linger.ms", 5, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                byte[] key = Truth.of(firstId + i).eventId().getBytes(StandardCharsets.UTF_8);
                Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, key, values.get(i)));
            }
        }
    }

    static RegistryView registry(String servers) {
        try (ModelRegistryReader reader = new ModelRegistryReader(Map.of("bootstrap.servers", servers))) {
            return reader.read();
        }
    }

    static List<ModelVersion> versions(String servers) {
        return List.copyOf(registry(servers).versionsOf("fraud").values());
    }

    /** Each run as it was last noted, in the order in which they began to be noted. */
    static Map<String, TrainingRun> runs(TestTopics topics) {
        SingleObject<TrainingRun> codec = SingleObject.of(TrainingRun.class, SchemaStore.ofOwn());
        Map<String, TrainingRun> runs = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.readAll(TopicCatalogue.TRAINING_RUNS)) {
            TrainingRun run = codec.decode(record.value());
            runs.put(run.getRun(), run);
        }
        return runs;
    }
}
