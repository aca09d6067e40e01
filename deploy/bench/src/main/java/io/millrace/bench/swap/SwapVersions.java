package io.millrace.bench.swap;

import io.millrace.bench.TextBenchmarks;
import io.millrace.bench.TunedVersions;
import io.millrace.bench.arena.KeyedRecord;
import io.millrace.bench.arena.StatefulFraud;
import io.millrace.bench.live.TextSource;
import io.millrace.bench.live.TransactionSource;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.schemas.registry.VersionDraft;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline's first model, the versions that follow, and the events that meet them.
 *
 * <p>Threading: immutable.
 *
 * @param first version
 * @param draft of a later version, by its number from 1 on
 * @param records begins the events anew
 */
record SwapVersions(Bundle first, IntFunction<VersionDraft> draft, Supplier<Iterator<KeyedRecord>> records) {
    private static final int TRANSACTIONS = 300_000;
    private static final int TEXTS = 25_000;
    private static final long SEED = 1;

    /** The shipped trees; each version's leaves differ a little. */
    static SwapVersions tabular() {
        TabularVersions versions = new TabularVersions(StatefulFraud.bundle());
        TransactionSource transactions = TransactionSource.of(TRANSACTIONS);
        return new SwapVersions(versions.base(), versions::draft, transactions::records);
    }

    /**
     * An encoder with another head in each version; two that take turns, since making an int8 form takes the processor for
     * longer than a stream needs to load it.
     *
     * @param model folder of a model of texts; null for an encoder that has learned nothing
     * @param small whether that one is a tiny one
     */
    static SwapVersions transformer(@Nullable Path model, boolean small) throws NotQuantizableException {
        TunedVersions versions = new TunedVersions(TunedVersions.withInt8(TextBenchmarks.bundle(model, small)));
        VersionDraft odd = versions.draft(versions.tuned(0, 1));
        VersionDraft even = versions.draft(versions.tuned(0, 2));
        List<String> texts = TextBenchmarks.texts(model, TEXTS, SEED);
        TextSource source = new TextSource(texts);
        return new SwapVersions(versions.base(), number -> number % 2 == 0 ? even : odd, source::records);
    }
}
