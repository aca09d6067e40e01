package io.millrace.bench.arena;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.Precision;
import io.millrace.schemas.registry.ModelRegistryReader;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicCreator;
import io.millrace.stream.config.DecisionConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Millrace itself: the topology, registry and defaults of production, in a process of its own.
 *
 * <p>Threading: confined to one thread. Lifecycle: application and state end with {@link #stop}.
 */
public final class StreamContender implements Contender {
    /** Peers write none, and neither does a model that answers a constant: all write one record for each they read. */
    private static final DecisionConfig WITHOUT_ALERTS = new DecisionConfig(1.0);

    private @Nullable StreamApp app;
    private @Nullable TemporaryFolder folder;

    /** Where the process begins. */
    public static void main(String[] arguments) throws IOException {
        BrokerConnection.muteLoopbackWarnings();
        Contender.serve(new StreamContender());
    }

    /** The pipeline of a request, whose scores are its output. */
    public static PipelineConfig pipeline(RunRequest request, Manifest manifest) {
        String suffix = TopicCatalogue.scores("");
        if (!request.output().endsWith(suffix)) {
            throw new IllegalArgumentException("the output must end in " + suffix + ", was " + request.output());
        }
        return PipelineConfig.of(
                request.output().substring(0, request.output().length() - suffix.length()),
                ArenaInput.of(manifest).config(request.input(), Path.of(request.model())),
                manifest.name(),
                null,
                null,
                manifest.text() == null ? WITHOUT_ALERTS : null,
                null,
                null,
                ScoreFormat.AVRO,
                null,
                null,
                manifest.quantized() == null ? Precision.AUTO : Precision.INT8);
    }

    /** How the process runs: as by default, with so many threads. */
    public static StreamConfig stream(RunRequest request) {
        return StreamConfig.of(request.threads(), null, null, ExecutionDevice.CPU, 1, null, null, null);
    }

    @Override
    public Map<String, Object> run(RunRequest request) throws IOException {
        Bundle bundle = BundleFolder.read(Path.of(request.model()));
        Map<String, Object> kafka = Map.of("bootstrap.servers", request.bootstrap());
        publish(kafka, bundle);
        PipelineConfig pipeline = pipeline(request, bundle.manifest());
        StreamConfig stream = stream(request);
        TemporaryFolder state = TemporaryFolder.create("millrace-bench-state");
        folder = state;
        StreamApp started = new StreamApp(new StreamApp.Settings(
                kafka, stream, List.of(pipeline), "bench", state.path(), Clock.systemUTC(), new SimpleMeterRegistry()));
        app = started;
        started.start();
        return settings(pipeline, stream);
    }

    private static Map<String, Object> settings(PipelineConfig pipeline, StreamConfig stream) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("threads", stream.threads());
        settings.put("guarantee", stream.guarantee().name());
        settings.put("commitMillis", stream.commitInterval().toMillis());
        settings.put("batchRows", pipeline.batch().rows());
        settings.put("lingerMillis", pipeline.batch().linger().toMillis());
        settings.put("inferenceThreads", stream.inferenceThreads());
        settings.put("cacheMegabytes", stream.cacheMegabytes());
        Double threshold = pipeline.decision().threshold();
        settings.put("threshold", threshold == null ? "the model's own" : threshold);
        settings.put("format", pipeline.input().format() + " in, " + pipeline.scoreFormat() + " out");
        return settings;
    }

    /** Publishes a model as its first version, unless that was done by an earlier run. */
    public static void publish(Map<String, Object> kafka, Bundle bundle) {
        String model = bundle.manifest().name();
        try (Admin admin = Admin.create(kafka)) {
            TopicCreator.ensure(admin, TopicCatalogue.model());
        }
        try (ModelRegistryReader reader = new ModelRegistryReader(kafka)) {
            if (reader.read().versions().containsKey(model)) {
                return;
            }
        }
        try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka, model, "bench", Clock.systemUTC())) {
            writer.publish(
                    new VersionDraft(model, bundle.manifestYaml(), bundle.blobs()), PublishAs.CHAMPION, "to measure");
        }
    }

    @Override
    public void stop() {
        StreamApp running = app;
        TemporaryFolder state = folder;
        app = null;
        folder = null;
        try {
            if (running != null) {
                running.close();
            }
        } finally {
            if (state != null) {
                state.close();
            }
        }
    }
}
