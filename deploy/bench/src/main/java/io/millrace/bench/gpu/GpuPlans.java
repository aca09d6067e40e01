package io.millrace.bench.gpu;

import io.millrace.bench.TextBenchmarks;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.ExecutionDevice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models and their inputs, from what a user asked for.
 *
 * <p>Threading: immutable. The same folders, the same inputs.
 *
 * @param fraud folder of a model of features
 * @param texts folder of a model of texts; null for an encoder that has learned nothing
 * @param small whether that encoder is a tiny one
 */
public record GpuPlans(Path fraud, @Nullable Path texts, boolean small) {
    private static final int ROWS = 4_096;
    private static final int TEXTS = 512;
    private static final long SEED = 0;

    /** Reads the models and makes up inputs. */
    public GpuBenchmark.Plan plan(
            ExecutionDevice device,
            List<Integer> rowBatches,
            List<Integer> textBatches,
            double secondsPerBatch,
            int memorySwaps,
            int textMemorySwaps) {
        Bundle trees = BundleFolder.read(fraud);
        if (trees.manifest().featureSet() == null) {
            throw new IllegalArgumentException(
                    "--fraud must name a model of features, " + trees.manifest().name() + " reads texts");
        }
        Bundle encoder = TextBenchmarks.bundle(texts, small);
        return new GpuBenchmark.Plan(
                device,
                List.of(RowSubject.of(trees.manifest().name(), trees, ROWS, SEED), RowSubject.network(ROWS, SEED)),
                new TextSubject(encoder.manifest().name(), encoder, TextBenchmarks.texts(texts, TEXTS, SEED)),
                rowBatches,
                textBatches,
                secondsPerBatch,
                memorySwaps,
                textMemorySwaps);
    }
}
