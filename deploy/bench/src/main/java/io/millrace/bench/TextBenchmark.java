package io.millrace.bench;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Quantized;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.Precision;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.inference.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Question: how near does the stream come to what ONNX Runtime itself can do with the same texts, and how much faster is
 * int8?
 *
 * <p>In each round, all ways score the same texts, one after the other, in float32 and in int8: what disturbs the machine
 * disturbs all. Each round has texts of its own, so that none is answered from memory but those that are sent again on
 * purpose.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: all that a run
 * starts ends with it.
 */
public final class TextBenchmark {
    static final String RAW = "raw";
    static final String MODEL = "model";
    static final String STREAM = "stream";
    static final String AGAIN = "stream-again";

    private static final int[] BATCHES = {4, 8, 16, 32, 64};
    private static final int WARM_UP_TEXTS = 64;

    private final Bundle bundle;
    private final List<List<String>> rounds;
    private final int threads;
    private final LongSupplier nanoClock;

    /**
     * Makes a benchmark.
     *
     * @param rounds the texts of each round; the first round only warms up and finds the best batch
     */
    public TextBenchmark(Bundle bundle, List<List<String>> rounds, int threads, LongSupplier nanoClock)
            throws NotQuantizableException {
        if (rounds.size() < 2 || threads < 1) {
            throw new IllegalArgumentException("at least 2 rounds, of which the first is not measured, and 1 thread are"
                    + " needed, were " + rounds.size() + " and " + threads);
        }
        this.bundle = TunedVersions.withInt8(bundle);
        this.rounds = List.copyOf(rounds);
        this.threads = threads;
        this.nanoClock = nanoClock;
    }

    /**
     * Measures.
     *
     * @param folder for brokers and state
     * @param progress hears of each round that is done
     */
    public TextReport run(Path folder, IntConsumer progress) throws ModelRefusedException, InterruptedException {
        try (Crew crew = new Crew(threads);
                Form fp32 = new Form(Precision.FP32, crew, folder);
                Form int8 = new Form(Precision.INT8, crew, folder)) {
            List<Form> forms = List.of(fp32, int8);
            for (Form form : forms) {
                form.prepare(rounds.get(0));
            }
            progress.accept(1);
            for (int round = 1; round < rounds.size(); round++) {
                for (Form form : forms) {
                    form.measure(rounds.get(round));
                }
                progress.accept(round + 1);
            }
            return report(fp32, int8);
        }
    }

    private TextReport report(Form fp32, Form int8) {
        Map<String, Spread> faster = new LinkedHashMap<>();
        for (String way : List.of(RAW, MODEL, STREAM)) {
            faster.put(way, ratios(int8.ratesOf(way), fp32.ratesOf(way)));
        }
        List<TextLine> lines = new ArrayList<>(fp32.lines());
        lines.addAll(int8.lines());
        return new TextReport(
                rounds.size() - 1,
                rounds.get(1).size(),
                fp32.tokens / (double) fp32.texts,
                threads,
                Map.of(fp32.name(), fp32.rawByBatch, int8.name(), int8.rawByBatch),
                lines,
                faster);
    }

    private static Spread ratios(List<Double> of, List<Double> against) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of.size(); round++) {
            ratios.add(of.get(round) / against.get(round));
        }
        return Spread.of(ratios);
    }

    /** Work to be timed. */
    private interface Work {
        void run() throws InterruptedException;
    }

    /** One form of the model in all ways, with what was measured of it. */
    private final class Form implements AutoCloseable {
        private final Precision precision;
        private final RawRuntime raw;
        private final LoadedTexts model;
        private final TextStream stream;
        private final Map<String, List<Double>> rates = new LinkedHashMap<>();
        private final Map<Integer, Double> rawByBatch = new TreeMap<>();
        private final List<Double> rawPadding = new ArrayList<>();
        private int best = BATCHES[0];
        private long texts;
        private long tokens;
        private long tokensBefore;
        private long paddedBefore;

        Form(Precision precision, Crew crew, Path folder) throws ModelRefusedException, InterruptedException {
            this.precision = precision;
            raw = new RawRuntime(bytes(precision), bundle.manifest().output(), crew);
            try {
                model = new LoadedTexts(bundle, precision, crew);
            } catch (ModelRefusedException | RuntimeException failure) {
                raw.close();
                throw failure;
            }
            try {
                stream = new TextStream(bundle, precision, threads, folder, score -> {});
            } catch (InterruptedException | RuntimeException failure) {
                model.close();
                raw.close();
                throw failure;
            }
        }

        /** Finds the best batch of raw, and lets all ways run once. */
        void prepare(List<String> some) throws InterruptedException {
            List<Tokens> read = model.tokens(some);
            List<Tokens> few = read.subList(0, Math.min(WARM_UP_TEXTS, read.size()));
            for (int size : BATCHES) {
                raw.run(raw.tensors(SortedBatches.of(few, size)));
                var batches = raw.tensors(SortedBatches.of(read, size));
                double rate = rate(some, () -> raw.run(batches));
                best = rawByBatch.values().stream().allMatch(other -> rate > other) ? size : best;
                rawByBatch.put(size, rate);
            }
            model.run(some, best);
            stream.run(some);
            tokensBefore = stream.meters().tokenCount();
            paddedBefore = stream.meters().paddedTokenCount();
        }

        void measure(List<String> some) throws InterruptedException {
            List<Tokens> read = model.tokens(some);
            SortedBatches sorted = SortedBatches.of(read, best);
            rawPadding.add(sorted.padding());
            var batches = raw.tensors(sorted);
            note(RAW, rate(some, () -> raw.run(batches)));
            note(MODEL, rate(some, () -> model.run(some, best)));
            note(STREAM, rate(some, () -> stream.run(some)));
            note(AGAIN, rate(some, () -> stream.run(some)));
            texts += some.size();
            tokens += read.stream().mapToLong(Tokens::length).sum();
        }

        List<TextLine> lines() {
            Map<String, Double> padding = new HashMap<>();
            padding.put(RAW, Spread.of(rawPadding).median());
            padding.put(MODEL, Spread.of(rawPadding).median());
            double own = stream.meters().tokenCount() - tokensBefore;
            padding.put(STREAM, 1 - own / (stream.meters().paddedTokenCount() - paddedBefore));
            List<TextLine> lines = new ArrayList<>();
            rates.forEach((way, rate) -> lines.add(new TextLine(
                    name(),
                    way,
                    way.startsWith(STREAM) ? null : best,
                    Spread.of(rate),
                    ratios(rate, rates.getOrDefault(RAW, rate)),
                    padding.get(way))));
            return lines;
        }

        List<Double> ratesOf(String way) {
            return rates.getOrDefault(way, List.of());
        }

        String name() {
            return precision == Precision.INT8 ? "int8" : "fp32";
        }

        private void note(String way, double rate) {
            rates.computeIfAbsent(way, unused -> new ArrayList<>()).add(rate);
        }

        private double rate(List<String> some, Work work) throws InterruptedException {
            long startNanos = nanoClock.getAsLong();
            work.run();
            return some.size() * 1e9 / Math.max(1, nanoClock.getAsLong() - startNanos);
        }

        private byte[] bytes(Precision form) {
            Quantized quantized = bundle.manifest().quantized();
            byte[] int8 = quantized == null ? null : bundle.blobs().get(quantized.blob());
            return form == Precision.INT8 && int8 != null ? int8 : bundle.model();
        }

        @Override
        public void close() {
            raw.close();
            model.close();
            stream.close();
        }
    }
}
