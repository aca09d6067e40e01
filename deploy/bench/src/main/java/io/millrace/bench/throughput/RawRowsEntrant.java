package io.millrace.bench.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.arena.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime by itself on rows, in a process of its own; it reads no topic.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns the process.
 */
final class RawRowsEntrant implements Entrant {
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final ChildJvm child;
    private final Path model;
    private final Path rows;
    private final int threads;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    RawRowsEntrant(ChildJvm child, Path model, Path rows, int threads) {
        this.child = child;
        this.model = model;
        this.rows = rows;
        this.threads = threads;
    }

    @Override
    public String name() {
        return RAW;
    }

    @Override
    public double run(Round round) throws InterruptedException {
        if (settings.isEmpty()) {
            JsonNode found =
                    child.ask(Map.of("model", model.toString(), "rows", rows.toString(), "threads", threads), ANSWER);
            settings.put("threads", threads);
            settings.put("sessions", "one for each thread, 1 intra-op thread");
            settings.put("batchRows", found.get("best").asInt());
            Map<String, Object> byBatch = new LinkedHashMap<>();
            found.get("byBatch")
                    .properties()
                    .forEach(tried -> byBatch.put(
                            tried.getKey(), Math.round(tried.getValue().asDouble())));
            settings.put("triedRowsPerSecond", byBatch);
        }
        return child.ask(Map.of("measure", true), ANSWER).get("rate").asDouble();
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public void close() {
        child.close();
    }
}
