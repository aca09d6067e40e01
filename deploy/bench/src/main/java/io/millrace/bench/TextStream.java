package io.millrace.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.output.FailedException;
import io.millrace.cli.score.OwnPipeline;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.inference.onnx.Precision;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.registry.VersionDraft;
import io.millrace.stream.config.InputConfig;
import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.TextMeters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The whole topology as it runs in production, exactly-once, on a broker of its own, with one partition for each stream
 * thread: texts go into a topic and their scores come out of another.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns broker, stream and clients until {@link #close}; the folder is
 * the caller's.
 */
final class TextStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final String name;
    private final int partitions;
    private final OwnPipeline own;
    private final KafkaProducer<byte[], byte[]> producer;
    private final CommittedScores scores;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    TextStream(Bundle bundle, Precision precision, int threads, Path folder, Consumer<Score> onScore)
            throws InterruptedException {
        this(bundle, precision, ExecutionDevice.CPU, threads, folder, onScore);
    }

    TextStream(
            Bundle bundle,
            Precision precision,
            ExecutionDevice device,
            int threads,
            Path folder,
            Consumer<Score> onScore)
            throws InterruptedException {
        this.name = "texts-" + precision.name().toLowerCase(Locale.ROOT);
        this.partitions = threads;
        PipelineConfig pipeline = PipelineConfig.of(
                name,
                InputConfig.of(name + "-in", null, "id", "time", null, null, null, null, "text", null),
                bundle.manifest().name(),
                partitions,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                precision);
        StreamConfig stream = StreamConfig.of(threads, null, null, device, 1, null, null, null);
        own = OwnPipeline.start(pipeline, stream, folder.resolve(name));
        try {
            own.serve(bundle, "to measure");
            scores = new CommittedScores(own.kafka(), name, onScore);
            producer = own.producer();
        } catch (RuntimeException | InterruptedException e) {
            own.close();
            throw e;
        }
    }

    /** Sends texts and waits until the scores of all are committed. */
    void run(List<String> texts) {
        for (String text : texts) {
            send(text);
        }
        producer.flush();
        await();
    }

    /** Sends a text; its score comes later. */
    void send(String text) {
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(name + "-in", (int) (sent % partitions), null, line(text)),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
        sent++;
    }

    private byte[] line(String text) {
        try {
            return JSON.writeValueAsBytes(
                    Map.of("id", String.valueOf(sent), "time", System.currentTimeMillis(), "text", text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text cannot be written as JSON", e);
        }
    }

    /** Waits until the scores of all that was sent are committed. */
    void await() {
        long seen = -1;
        long sinceNanos = System.nanoTime();
        while (true) {
            long now = scores.poll();
            if (now >= sent) {
                return;
            }
            Exception failed = failure.get();
            if (failed != null) {
                throw new FailedException("a text could not be sent: " + failed.getMessage(), failed);
            }
            if (own.hasFailed() || own.meters().deadCount() > 0) {
                throw new FailedException("of " + sent + " texts "
                        + own.meters().deadCount() + " were dead-lettered: the messages above say why");
            }
            if (now != seen) {
                seen = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException("no score for " + STALLED.toMinutes() + " minutes, with " + now + " of "
                        + sent + " texts done");
            }
        }
    }

    /** Makes a version the champion, sent as what differs from the one before it, and waits until texts meet it. */
    void swap(VersionDraft version) throws InterruptedException {
        own.serve(version, "to measure the swap");
    }

    /** What it counted of its texts. */
    TextMeters meters() {
        return own.meters().texts();
    }

    @Override
    public void close() {
        scores.close();
        producer.close();
        own.close();
    }
}
