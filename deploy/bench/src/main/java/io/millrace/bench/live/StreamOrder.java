package io.millrace.bench.live;

import io.millrace.bench.arena.ArenaInput;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.stream.config.BatchConfig;
import io.millrace.stream.config.Guarantee;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.StreamConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a stream process is to run: one pipeline, from a topic of its own, with the settings that latency hangs on.
 *
 * <p>Threading: immutable.
 *
 * @param bootstrap of the broker
 * @param pipeline names its topics and its application
 * @param bundle folder that {@link ArenaInput#write} filled; its model is published already
 * @param guarantee exactly once or at least once
 * @param commitMillis how often it commits
 * @param lingerMillis longest wait of a batch's oldest row
 * @param threads stream threads, and partitions
 * @param kafka more properties of Kafka, as a user's {@code kafka} block would have them
 * @param state folder for its state
 */
public record StreamOrder(
        String bootstrap,
        String pipeline,
        String bundle,
        Guarantee guarantee,
        long commitMillis,
        long lingerMillis,
        int threads,
        Map<String, String> kafka,
        String state) {
    public StreamOrder {
        kafka = Map.copyOf(kafka);
    }

    static String inputTopic(String pipeline) {
        return pipeline + "-in";
    }

    Manifest manifest() {
        return BundleFolder.read(Path.of(bundle)).manifest();
    }

    PipelineConfig pipelineConfig(Manifest manifest) {
        return PipelineConfig.of(
                pipeline,
                ArenaInput.of(manifest).config(inputTopic(pipeline), Path.of(bundle)),
                manifest.name(),
                threads,
                BatchConfig.of(null, Duration.ofMillis(lingerMillis), null, null),
                null,
                null,
                null,
                ScoreFormat.AVRO,
                null,
                null,
                null);
    }

    StreamConfig streamConfig() {
        return StreamConfig.of(
                threads, guarantee, Duration.ofMillis(commitMillis), ExecutionDevice.CPU, 1, null, null, null);
    }
}
