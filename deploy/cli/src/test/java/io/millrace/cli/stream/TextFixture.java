package io.millrace.cli.stream;

import io.millrace.cli.support.TextBundles;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.bundle.TextSettings;
import io.millrace.inference.onnx.Devices;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelLoader;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.TextBatch;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.trainer.gradient.ClassifierHead;
import io.millrace.trainer.gradient.EncoderTemplate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** A pipeline of texts, and transformers in small for it, of which each seed gives other probabilities. */
final class TextFixture {
    static final String PIPELINE = "mood";
    static final String INPUT = "texts";
    private static final int WORDS = 50;
    private static final int MAX_TOKENS = 32;
    private static final int WIDTH = 16;

    /** Of heavy-tailed lengths; the longest are cut by the model. */
    static final List<String> TEXTS = texts(200, 5);

    private TextFixture() {}

    static PipelineConfig pipeline(int partitions) {
        return PipelineConfig.of(
                PIPELINE,
                InputConfig.of(INPUT, null, "id", "time", null, null, null, null, "text", null),
                null,
                partitions,
                new BatchConfig(64, Duration.ofMillis(5), 256, 50),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Bundle bundle(long seed) {
        byte[] encoder = new EncoderTemplate(1, WIDTH, 2, 32, WORDS + 1, MAX_TOKENS, 3).model();
        byte[] model = new ClassifierHead(EncoderTemplate.OUTPUT, WIDTH, 2, seed).on(encoder);
        var manifest = new ManifestBuilder(PIPELINE, Task.TEXT_CLASSIFICATION, List.of("negative", "positive"))
                .output(ClassifierHead.OUTPUT)
                .text(new TextSettings(MAX_TOKENS))
                .build();
        return Bundle.of(
                manifest, Map.of(Bundle.MODEL_BLOB, model, Bundle.TOKENIZER_BLOB, TextBundles.tokenizer(WORDS)));
    }

    static void publish(String servers, Bundle bundle) {
        try (ModelRegistryWriter writer =
                new ModelRegistryWriter(Map.of("bootstrap.servers", servers), PIPELINE, "test", Clock.systemUTC())) {
            writer.publish(
                    new VersionDraft(PIPELINE, bundle.manifestYaml(), bundle.blobs()), PublishAs.CHAMPION, "a test");
        }
    }

    /** What a version says of each of {@link #TEXTS}, each asked about alone. */
    static double[] answers(Bundle bundle) throws ModelRefusedException {
        ModelLoader loader = new ModelLoader(Devices.resolve(ExecutionDevice.CPU), 1, 1);
        try (LoadedModel model = loader.load(new ModelRef(PIPELINE, 1), bundle)) {
            TextBatch batch = model.newTextBatch();
            double[] answers = new double[TEXTS.size()];
            for (int i = 0; i < answers.length; i++) {
                batch.clear();
                batch.add(model.encode(TEXTS.get(i)));
                model.score(batch);
                answers[i] = batch.probability(0, 1);
            }
            return answers;
        }
    }

    /** Sends texts one after the other, the same ones again and again, under seven keys. */
    static void send(String servers, int from, int to) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "linger.ms", 5);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int id = from; id < to; id++) {
                String value =
                        "{\"id\":\"" + id + "\",\"time\":1600000000000,\"text\":\"" + TEXTS.get(textOf(id)) + "\"}";
                Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(INPUT, key(id), value));
            }
        }
    }

    static int textOf(int id) {
        return id * 7 % TEXTS.size();
    }

    static String key(int id) {
        return "key-" + id % 7;
    }

    private static List<String> texts(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = (int) Math.min(40, 3 / Math.pow(1 - random.nextDouble(), 0.8));
            texts.add("w" + i % WORDS + " w" + i / WORDS + " "
                    + random.ints(length, 0, WORDS).mapToObj(word -> "w" + word).collect(Collectors.joining(" ")));
        }
        return texts;
    }
}
