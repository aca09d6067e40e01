package io.millrace.bench.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.EventIds;
import io.millrace.bench.arena.FraudRows.Row;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.StatelessFraud;
import io.millrace.bench.arena.TopicFiller;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.state.StatelessFeatures;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.schemas.SchemaStore;
import io.millrace.schemas.SingleObject;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.EventCodec;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.gradient.NetworkTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkContenderTest {
    private static final int RECORDS = 3_000;
    private static final int ROWS = 500;
    private static final int PARTITIONS = 2;
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static StatelessFraud fraud;
    private static Map<String, Double> expected;

    @BeforeAll
    static void startBroker() throws Exception {
        BrokerConnection.muteLoopbackWarnings();
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        fraud = untrained();
        ArenaInput.write(folder.resolve("model"), fraud.bundle());
        fraud.fill(broker.clientProperties(), "in", PARTITIONS, RECORDS, sent -> {});
        expected = ownScores();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void scoresEachRecordOnceAsOurOwnModelDoes() throws Exception {
        check(FlinkLauncher.oneByOne(List.of("-Xmx512m")).orElseThrow(), "each");
    }

    @Test
    void batchesByHandScoreEachRecordOnceToo() throws Exception {
        // A number that leaves rows over, which only a checkpoint or the timer brings out.
        check(FlinkLauncher.batched(64, List.of("-Xmx512m")).orElseThrow(), "batched");
    }

    /** Random rows and weights: what is right or wrong here does not hang on a good model. */
    private static StatelessFraud untrained() {
        List<FeatureDefinition> fields = StatelessFraud.SCHEMA.getFields().stream()
                .skip(2)
                .map(field -> (FeatureDefinition) new FieldFeature(field.name().toUpperCase(Locale.ROOT), field.name()))
                .toList();
        FeatureSet features = new FeatureSet("upstream", FeatureSet.DEFAULT_ZONE, fields);
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        float[] values = new float[ROWS * fields.size()];
        for (int i = 0; i < ROWS; i++) {
            double[] row = random.doubles(fields.size(), -3, 3).toArray();
            for (int j = 0; j < row.length; j++) {
                values[i * row.length + j] = (float) row[j];
            }
            rows.add(new Row("c" + i, 0, row, false));
        }
        Bundle network = new NetworkTemplate(List.of(8), 7)
                .bundle(
                        StatelessFraud.MODEL,
                        features,
                        List.of("LEGITIMATE", "FRAUD"),
                        new TrainingRows(values, new float[ROWS], fields.size()));
        return new StatelessFraud(rows, network);
    }

    private static void check(ChildJvm.Launch launch, String name) throws Exception {
        String output = name + ".scores";
        TopicFiller.create(broker.clientProperties(), output, PARTITIONS);
        try (ChildJvm flink = ChildJvm.start(name, launch, folder)) {
            RunRequest request = RunRequest.of(
                    broker.bootstrapServers(),
                    "in",
                    output,
                    folder.resolve("model").toString(),
                    2,
                    RECORDS);
            assertThat(flink.ask(request, AT_MOST)
                            .path("settings")
                            .path("parallelism")
                            .asInt())
                    .isEqualTo(2);
            List<ConsumerRecord<byte[], byte[]>> written = committed(output);
            assertThat(flink.ask(Map.of("op", RunRequest.STOP), AT_MOST)
                            .path("stopped")
                            .asBoolean())
                    .isTrue();
            assertSame(written);
        }
    }

    private static void assertSame(List<ConsumerRecord<byte[], byte[]>> written) {
        SingleObject<Score> codec = SingleObject.of(Score.class, SchemaStore.ofOwn());
        Map<String, Double> scores = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : written) {
            Score score = codec.decode(record.value());
            assertThat(scores.put(score.getEventId(), score.getScore()))
                    .as(score.getEventId())
                    .isNull();
            assertThat(record.partition()).isEqualTo(score.getInputPartition());
            assertThat(score.getModelHash()).isEqualTo(fraud.bundle().modelHash());
        }
        assertThat(scores.keySet()).isEqualTo(expected.keySet());
        scores.forEach((id, score) -> assertThat(score).as(id).isCloseTo(expected.get(id), within(1e-6)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        Map<String, Object> settings = new HashMap<>(broker.clientProperties());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new TopicPartition(topic, i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (all.size() < RECORDS && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private static Map<String, Double> ownScores() throws Exception {
        Bundle bundle = fraud.bundle();
        EventCodec codec = ArenaInput.of(bundle.manifest()).codec();
        StatelessFeatures features =
                new StatelessFeatures(Objects.requireNonNull(bundle.manifest().featureSet()));
        Map<String, Double> scores = new HashMap<>();
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 1);
        try (LoadedModel model = loader.load(new ModelRef(bundle.manifest().name(), 1), bundle)) {
            ScoreBatch batch = model.newBatch(1);
            var records = fraud.records();
            for (int i = 0; i < RECORDS; i++) {
                var event = codec.decode(records.next().value());
                double[] row = new double[model.width()];
                features.fill(event.timeMillis(), event.numbers(), row);
                batch.clear();
                batch.add(row);
                model.score(batch);
                scores.put(EventIds.of(i), batch.probability(0, 1));
            }
        }
        return scores;
    }
}
