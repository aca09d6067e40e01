package io.millrace.bench.throughput;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.Crew;
import io.millrace.bench.arena.ChildMain;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.feature.FeatureSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime by itself in a process of its own: finds its best batch, then measures with that.
 *
 * <p>Threading: confined to one thread. Lifecycle: ends with its process.
 */
final class RawMain implements ChildMain.Handler {
    private static final int[] BATCHES = {1, 8, 32, 64, 128, 256, 512, 1024, 2048, 4096};
    private static final long TRY_NANOS = Duration.ofMillis(300).toNanos();
    private static final long MEASURE_NANOS = Duration.ofMillis(1500).toNanos();

    private @Nullable RawRows raw;
    private int best = 1;

    private RawMain() {}

    /** Where the process begins. */
    public static void main(String[] arguments) throws IOException {
        ChildMain.serve(new RawMain());
    }

    @Override
    public Object answer(JsonNode request) throws IOException, OrtException, InterruptedException {
        return request.has("model") ? prepare(request) : Map.of("rate", ready().rate(best, MEASURE_NANOS));
    }

    private Object prepare(JsonNode request) throws IOException, OrtException, InterruptedException {
        Bundle bundle = BundleFolder.read(Path.of(request.get("model").asText()));
        FeatureSet features = bundle.manifest().featureSet();
        if (features == null) {
            throw new IllegalArgumentException("a model of texts has no rows");
        }
        RawRows rows = new RawRows(
                bundle.model(),
                bundle.manifest(),
                features.size(),
                RowsFile.read(Path.of(request.get("rows").asText())),
                new Crew(request.get("threads").asInt()),
                System::nanoTime);
        raw = rows;
        Map<Integer, Double> byBatch = new TreeMap<>();
        double highest = 0;
        for (int batch : BATCHES) {
            if (batch <= rows.rows()) {
                rows.rate(batch, TRY_NANOS);
                double rate = rows.rate(batch, TRY_NANOS);
                byBatch.put(batch, rate);
                if (rate > highest) {
                    highest = rate;
                    best = batch;
                }
            }
        }
        return Map.of("best", best, "byBatch", byBatch);
    }

    private RawRows ready() {
        RawRows rows = raw;
        if (rows == null) {
            throw new IllegalStateException("no model yet: send it first");
        }
        return rows;
    }
}
