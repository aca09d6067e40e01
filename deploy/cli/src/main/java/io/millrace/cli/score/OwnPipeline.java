package io.millrace.cli.score;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The production topology of one pipeline on a broker of its own, for work on files: exactly-once, one partition, so
 * that the order of the file is the order of the stream.
 *
 * <p>Threading: safe for all threads, except that one at a time may {@link #serve}. Lifecycle: broker and
 * stream end with {@link #close}; the folder is the caller's to remove.
 */
public final class OwnPipeline implements AutoCloseable {
    private static final Duration STALLED = Duration.ofMinutes(3);

    private final PipelineConfig pipeline;
    private final EmbeddedBroker broker;
    private final StreamApp app;

    private OwnPipeline(PipelineConfig pipeline, EmbeddedBroker broker, StreamApp app) {
        this.pipeline = pipeline;
        this.broker = broker;
        this.app = app;
    }

    /**
     * Starts broker and stream; the pipeline itself runs from its first model on.
     *
     * @param folder for the broker and the state
     */
    public static OwnPipeline start(PipelineConfig pipeline, StreamConfig stream, Path folder) {
        BrokerConnection.muteLoopbackWarnings();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        try {
            StreamApp app = new StreamApp(new StreamApp.Settings(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    stream,
                    List.of(pipeline),
                    "file",
                    stateFolder(folder),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry()));
            return started(new OwnPipeline(pipeline, broker, app));
        } catch (RuntimeException failure) {
            broker.close();
            throw failure;
        }
    }

    /** Where below its folder the state lies. */
    public static Path stateFolder(Path folder) {
        return folder.resolve("state");
    }

    private static OwnPipeline started(OwnPipeline own) {
        try {
            own.app.start();
            return own;
        } catch (RuntimeException failure) {
            own.app.close();
            throw failure;
        }
    }

    /** Makes a bundle the champion and waits until the stream scores with it; its version number. */
    public int serve(Bundle bundle, String reason) throws InterruptedException {
        String model = bundle.manifest().name();
        return serve(new VersionDraft(model, bundle.manifestYaml(), bundle.blobs()), reason);
    }

    /** Makes a version the champion and waits until the stream scores with it; its number. */
    public int serve(VersionDraft draft, String reason) throws InterruptedException {
        String model = draft.name();
        int version;
        try (ModelRegistryWriter writer = new ModelRegistryWriter(kafka(), model, "file", Clock.systemUTC())) {
            version = writer.publish(draft, PublishAs.CHAMPION, reason).getVersion();
        }
        ModelRef wanted = new ModelRef(model, version);
        long deadline = System.nanoTime() + STALLED.toNanos();
        while (app.state(pipeline.name()) != PipelineState.RUNNING
                || !app.serving(pipeline.name()).filter(wanted::equals).isPresent()) {
            if (System.nanoTime() > deadline || hasFailed()) {
                throw new FailedException("the pipeline does not score with " + wanted + "; it is "
                        + app.state(pipeline.name()) + ": the messages above say why");
            }
            Thread.sleep(10);
        }
        return version;
    }

    /** Properties for further clients. */
    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** What the pipeline counts. */
    public PipelineMeters meters() {
        return app.meters(pipeline.name());
    }

    /** Whether the pipeline stopped after repeated failures. */
    public boolean hasFailed() {
        return app.state(pipeline.name()) == PipelineState.FAILED;
    }

    /** A producer for large amounts of rows; the caller closes it. */
    public KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * 1024 * 1024);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Stops the stream with a last commit; the broker goes on. */
    public void stop() {
        app.close();
    }

    @Override
    public void close() {
        try {
            app.close();
        } finally {
            broker.close();
        }
    }
}
