package io.millrace.bench.throughput;

import io.millrace.bench.RawTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * ONNX Runtime by itself on the tokens of a round's texts, in this process.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns the runtime.
 */
final class RawTextsEntrant implements Entrant {
    private final RawTexts raw;
    private final IntFunction<List<String>> textsOfRound;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    RawTextsEntrant(RawTexts raw, int threads, IntFunction<List<String>> textsOfRound) {
        this.raw = raw;
        this.textsOfRound = textsOfRound;
        settings.put("threads", threads);
        settings.put("sessions", "one for each thread, 1 intra-op thread");
        settings.put("texts", "tokens already, sorted by length");
    }

    @Override
    public String name() {
        return RAW;
    }

    @Override
    public double run(Round round) throws InterruptedException {
        List<String> texts = textsOfRound.apply(round.number());
        if (round.number() == 0) {
            Map<String, Object> byBatch = new LinkedHashMap<>();
            raw.findBest(texts).forEach((batch, rate) -> byBatch.put(batch.toString(), Math.round(rate)));
            settings.put("batchTexts", raw.best());
            settings.put("triedTextsPerSecond", byBatch);
        }
        return raw.rate(texts);
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public void close() {
        raw.close();
    }
}
