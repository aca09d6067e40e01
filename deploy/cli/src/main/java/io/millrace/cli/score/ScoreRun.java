package io.millrace.cli.score;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.cli.broker.EmbeddedBroker;
import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.feature.FeatureDefinition;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.registry.ModelRegistryWriter;
import io.millrace.schemas.registry.PublishAs;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.ScoreFormat;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import io.millrace.stream.scoring.ScoreJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One run over a file: a broker of its own, the production topology, exactly-once, one partition so that the order of
 * the file is the order of the stream.
 *
 * <p>Threading: {@link #run} works on the caller's thread and starts one that sends. Lifecycle: everything it starts
 * ends with it; its folder is the caller's to remove.
 */
public final class ScoreRun {
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final Request request;
    private final PrintWriter out;
    private final ScoreProgress progress;

    /**
     * What is to be scored.
     *
     * @param input a file, or a dash
     * @param labelsAfter how late labels are; null for none
     * @param folder for the broker and the state
     */
    public record Request(
            PipelineConfig pipeline,
            StreamConfig stream,
            Bundle bundle,
            String input,
            @Nullable Duration labelsAfter,
            boolean emitFeatures,
            Path folder) {}

    /** Makes a run that prints scores to {@code out}. */
    public ScoreRun(Request request, PrintWriter out, ScoreProgress progress) {
        this.request = request;
        this.out = out;
        this.progress = progress;
    }

    /** Scores every row, and answers what became of them. */
    public ScoreSummary run() throws IOException, InterruptedException {
        BrokerConnection.muteLoopbackWarnings();
        PipelineConfig pipeline = pipeline();
        try (EmbeddedBroker broker = EmbeddedBroker.start(request.folder().resolve("broker"), 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (StreamApp app = new StreamApp(new StreamApp.Settings(
                    kafka,
                    request.stream(),
                    List.of(pipeline),
                    "score",
                    request.folder().resolve("state"),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry()))) {
                app.start();
                publish(kafka);
                awaitRunning(app, pipeline.name());
                return score(kafka, app, pipeline);
            }
        }
    }

    private PipelineConfig pipeline() {
        PipelineConfig pipeline =
                request.pipeline().withEmitFeatures(request.emitFeatures()).withScoreFormat(ScoreFormat.AVRO);
        return request.labelsAfter() == null ? pipeline.withoutLabels() : pipeline;
    }

    private void publish(Map<String, Object> kafka) {
        Bundle bundle = request.bundle();
        try (ModelRegistryWriter writer =
                new ModelRegistryWriter(kafka, bundle.manifest().name(), "score", Clock.systemUTC())) {
            writer.publish(
                    new VersionDraft(bundle.manifest().name(), bundle.manifestYaml(), bundle.blobs()),
                    PublishAs.CHAMPION,
                    "to score " + request.input());
        }
    }

    private static void awaitRunning(StreamApp app, String pipeline) throws InterruptedException {
        long deadline = System.nanoTime() + STALLED.toNanos();
        while (app.state(pipeline) != PipelineState.RUNNING) {
            if (System.nanoTime() > deadline || app.state(pipeline) == PipelineState.FAILED) {
                throw new FailedException(
                        "the pipeline did not start; it is " + app.state(pipeline) + ": the messages above say why");
            }
            Thread.sleep(10);
        }
    }

    private ScoreSummary score(Map<String, Object> kafka, StreamApp app, PipelineConfig pipeline)
            throws IOException, InterruptedException {
        ScoreJson json = new ScoreJson(request.emitFeatures() ? featureNames() : null);
        ExecutorService sender = Executors.newSingleThreadExecutor(task -> new Thread(task, "millrace-replay"));
        long startNanos = System.nanoTime();
        try (var producer = producer(kafka);
                ScoreCollector collector = new ScoreCollector(
                        kafka, pipeline.name(), pipeline.input().topic(), score -> print(json.line(score)))) {
            Replay replay = new Replay(
                    pipeline,
                    featureSet().shape(),
                    request.bundle().manifest().classes(),
                    producer,
                    app.meters(pipeline.name()),
                    request.labelsAfter());
            Future<Void> sending = sender.submit(sending(replay, pipeline));
            collect(app, pipeline, collector, replay, sending);
            out.flush();
            long nanos = System.nanoTime() - startNanos;
            return new ScoreSummary(
                    replay.rowsSent(), collector.scored(), collector.deadByReason(), Duration.ofNanos(nanos));
        } finally {
            sender.shutdownNow();
        }
    }

    private Callable<Void> sending(Replay replay, PipelineConfig pipeline) {
        return () -> {
            var labels = pipeline.labels();
            String column = labels == null ? null : labels.column();
            try (InputRows rows = InputFiles.open(request.input(), column)) {
                replay.send(rows);
            }
            return null;
        };
    }

    private void collect(
            StreamApp app, PipelineConfig pipeline, ScoreCollector collector, Replay replay, Future<Void> sending)
            throws IOException, InterruptedException {
        long last = -1;
        long sinceNanos = System.nanoTime();
        while (true) {
            collector.poll();
            long done = collector.scored() + collector.dead();
            progress.update(replay.rowsSent(), done);
            if (sending.isDone()) {
                rethrow(sending);
                if (done >= replay.rowsSent()) {
                    return;
                }
            }
            if (app.state(pipeline.name()) == PipelineState.FAILED) {
                throw new FailedException("the pipeline stopped after repeated failures: the messages above say why");
            }
            if (done != last) {
                last = done;
                sinceNanos = System.nanoTime();
            } else if (sending.isDone() && System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException("no score for " + STALLED.toSeconds() + " s, with " + done + " of "
                        + replay.rowsSent() + " rows done");
            }
        }
    }

    private static void rethrow(Future<Void> sending) throws IOException, InterruptedException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new FailedException("the input could not be sent: " + cause, e);
        }
    }

    private void print(String line) {
        out.write(line);
        out.write('\n');
    }

    private List<String> featureNames() {
        return featureSet().features().stream().map(FeatureDefinition::name).toList();
    }

    private FeatureSet featureSet() {
        FeatureSet features = request.bundle().manifest().featureSet();
        if (features == null) {
            throw new FailedException("model " + request.bundle().manifest().name() + " has no feature set");
        }
        return features;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * 1024 * 1024);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
