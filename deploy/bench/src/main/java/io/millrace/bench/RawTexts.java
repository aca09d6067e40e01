package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.text.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * ONNX Runtime by itself on texts that are tokens already and sorted by length, in batches of the size that was the best:
 * what a stream of texts can reach at most.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: owns threads and
 * sessions until {@link #close}.
 */
public final class RawTexts implements AutoCloseable {
    private static final int[] BATCHES = {4, 8, 16, 32, 64};

    private final Crew crew;
    private final RawRuntime raw;
    private final LoadedTexts reader;
    private final LongSupplier nanoClock;
    private int best = BATCHES[0];

    /** @param precision of the form that runs */
    public RawTexts(Bundle bundle, Precision precision, int threads, LongSupplier nanoClock)
            throws ModelRefusedException {
        this.nanoClock = nanoClock;
        this.crew = new Crew(threads);
        RawRuntime runtime = null;
        try {
            runtime = new RawRuntime(model(bundle, precision), bundle.manifest().output(), crew);
            this.reader = new LoadedTexts(bundle, precision, crew);
        } catch (ModelRefusedException | RuntimeException failure) {
            if (runtime != null) {
                runtime.close();
            }
            crew.close();
            throw failure;
        }
        this.raw = runtime;
    }

    private static byte[] model(Bundle bundle, Precision precision) {
        Quantized quantized = bundle.manifest().quantized();
        byte[] int8 = quantized == null ? null : bundle.blobs().get(quantized.blob());
        return precision == Precision.INT8 && int8 != null ? int8 : bundle.model();
    }

    /** Tries batches of each size on these texts and keeps to the best; texts per second by size. */
    public Map<Integer, Double> findBest(List<String> texts) throws InterruptedException {
        Map<Integer, Double> byBatch = new TreeMap<>();
        List<Tokens> read = reader.tokens(texts);
        raw.run(raw.tensors(SortedBatches.of(read, BATCHES[0])));
        double highest = 0;
        for (int size : BATCHES) {
            double rate = rate(read, size);
            byBatch.put(size, rate);
            if (rate > highest) {
                highest = rate;
                best = size;
            }
        }
        return byBatch;
    }

    /** The size of batches that is kept to. */
    public int best() {
        return best;
    }

    /** Texts per second. */
    public double rate(List<String> texts) throws InterruptedException {
        return rate(reader.tokens(texts), best);
    }

    private double rate(List<Tokens> read, int size) throws InterruptedException {
        var batches = raw.tensors(SortedBatches.of(read, size));
        long startNanos = nanoClock.getAsLong();
        raw.run(batches);
        return read.size() * 1e9 / Math.max(1, nanoClock.getAsLong() - startNanos);
    }

    @Override
    public void close() {
        raw.close();
        reader.close();
        crew.close();
    }
}
