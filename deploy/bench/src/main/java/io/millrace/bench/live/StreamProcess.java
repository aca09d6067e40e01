package io.millrace.bench.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.arena.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The stream in a JVM of its own, as the benchmark's process sees it.
 *
 * <p>Threading: one thread at a time. Lifecycle: the process ends with {@link #close}.
 */
public final class StreamProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ChildJvm child;

    private StreamProcess(ChildJvm child) {
        this.child = child;
    }

    /** Starts the JVM; nothing runs in it yet. Its log lies in the folder. */
    public static StreamProcess start(Path folder, List<String> jvmOptions) {
        return new StreamProcess(ChildJvm.start("stream", ChildJvm.Launch.of(StreamWorker.class, jvmOptions), folder));
    }

    /** Starts a pipeline whose first model is published already, and waits until it runs. */
    public void run(StreamOrder order) throws InterruptedException {
        child.ask(Map.of("op", "start", "order", order), PATIENCE);
    }

    /** Waits until a version serves and a batch has met it. */
    public void awaitSwap(int version, Duration patience) throws InterruptedException {
        child.ask(
                Map.of("op", "await", "version", version, "patienceMillis", patience.toMillis()),
                patience.plus(PATIENCE));
    }

    /** What was seen inside since this was asked last. */
    public Taps taps() throws InterruptedException {
        return read(child.ask(Map.of("op", "taps"), PATIENCE), Taps.class);
    }

    /** What the process holds, after a full collection. */
    public MemoryNow memory() throws InterruptedException {
        return read(child.ask(Map.of("op", "memory"), PATIENCE), MemoryNow.class);
    }

    /** Stops the pipeline with a last commit; the JVM stays. */
    public void stop() throws InterruptedException {
        child.ask(Map.of("op", "stop"), PATIENCE);
    }

    private static <T> T read(JsonNode answer, Class<T> type) {
        try {
            return JSON.treeToValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stream's process answered what cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
