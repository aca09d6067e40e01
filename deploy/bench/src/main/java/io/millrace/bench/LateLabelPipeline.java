package io.millrace.bench;

import io.millrace.cli.score.OwnPipeline;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.ManifestBuilder;
import io.millrace.inference.bundle.Task;
import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.inference.onnx.proto.GraphBuilder;
import io.millrace.inference.onnx.proto.OnnxTypes;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.PipelineMeters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stream as it runs in production, on a broker of its own, with a small model: counts of a card, the risk of a shop
 * by its labels.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns the broker and the stream; the folder is the caller's to remove.
 */
final class LateLabelPipeline implements AutoCloseable {
    static final String NAME = "late";
    static final String INPUT = "late-transactions";
    static final String FEEDBACK = "late-feedback";
    static final List<String> CLASSES = List.of("LEGITIMATE", "FRAUD");

    private static final FeatureSet FEATURES = new FeatureSet(
            "late-labels",
            "UTC",
            List.of(
                    new FieldFeature("AMOUNT", "amount"),
                    new WindowFeature("CARD_COUNT", "card", Aggregate.COUNT, null, Duration.ofDays(1), Duration.ZERO),
                    new WindowFeature(
                            "SHOP_RISK",
                            "shop",
                            Aggregate.POSITIVE_SHARE,
                            null,
                            Duration.ofDays(30),
                            Duration.ofDays(7))));

    private final OwnPipeline own;
    private final Path folder;

    LateLabelPipeline(Path folder, Duration horizon) throws InterruptedException {
        this.folder = folder;
        own = OwnPipeline.start(config(horizon), StreamConfig.defaults(), folder);
        try {
            own.serve(bundle(), "to measure");
        } catch (RuntimeException | InterruptedException e) {
            own.close();
            throw e;
        }
    }

    private static PipelineConfig config(Duration horizon) {
        return PipelineConfig.of(
                NAME,
                InputConfig.of(INPUT, null, "id", "time", null, "card", null, null, null),
                null,
                1,
                null,
                null,
                LabelsConfig.of(FEEDBACK, horizon, null, null),
                null,
                null,
                null,
                null,
                null);
    }

    private static Bundle bundle() {
        int width = FEATURES.size();
        byte[] graph = new GraphBuilder("logistic")
                .input("features", OnnxTypes.FLOAT, -1, width)
                .output("probabilities", OnnxTypes.FLOAT, -1, 2)
                .weights("w", new float[] {-0.01f, 0.01f, -0.1f, 0.1f, -3, 3}, width, 2)
                .weights("b", new float[] {1, -1}, 2)
                .node("Gemm", List.of("features", "w", "b"), List.of("logits"))
                .node("Sigmoid", List.of("logits"), List.of("probabilities"))
                .toModel()
                .toByteArray();
        var manifest = new ManifestBuilder(NAME, Task.BINARY_CLASSIFICATION, CLASSES)
                .input("features")
                .output("probabilities")
                .featureSet(FEATURES)
                .threshold(0.5)
                .build();
        return Bundle.of(manifest, Map.of(Bundle.MODEL_BLOB, graph));
    }

    Map<String, Object> kafka() {
        return own.kafka();
    }

    PipelineMeters meters() {
        return own.meters();
    }

    /** Bytes on disk of all state; files that vanish while they are counted are none. */
    long stateBytes() throws IOException {
        try (Stream<Path> files = Files.walk(OwnPipeline.stateFolder(folder))) {
            long sum = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                sum += size(file);
            }
            return sum;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return stateBytes();
            }
            throw e;
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    /** Stops the stream with a last commit; the broker goes on. */
    void stop() {
        own.stop();
    }

    @Override
    public void close() {
        own.close();
    }
}
