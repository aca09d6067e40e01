package io.millrace.trainer.gradient.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.trainer.gradient.execution.Program;
import io.millrace.trainer.gradient.graph.Value;
import io.millrace.trainer.gradient.torch.Torch;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the frozen part makes of each example, computed once.
 *
 * <p>Threading: confined to one thread. Units: values per token take 2 bytes a number, those per example 4. Lifecycle:
 * lies in the Java heap, at most {@link #MOST_BYTES}; who would need more gets none and computes the frozen part anew
 * in each epoch.
 */
final class FrozenValues {
    /** A fixed bound, so that the same examples are treated alike on every machine. */
    static final long MOST_BYTES = 1L << 30;

    private static final int BATCH = 32;

    private final Map<String, KeptValue> values;
    private final long bytes;

    private FrozenValues(Map<String, KeptValue> values, long bytes) {
        this.values = values;
        this.bytes = bytes;
    }

    /**
     * Computes the values of all examples but the last ones, which are known.
     *
     * @param known one for each of the kept values, with a row for each of the last examples; or none
     * @return null if they cannot be kept: they are too large, or not per example or token
     * @throws LearningException if what is known is laid out in another way than what is computed
     */
    static @Nullable FrozenValues compute(
            Program frozen,
            Collection<String> kept,
            ModelInputs inputs,
            List<KeptRows> known,
            Torch.Session torch,
            LearningProgress progress)
            throws LearningException {
        int computed = inputs.size() - (known.isEmpty() ? 0 : known.get(0).rows().length);
        Feeding feeding = new Feeding(inputs, null);
        Map<String, KeptValue> values = computed == 0 ? layouts(known) : layouts(frozen, kept, feeding, torch);
        if (values == null) {
            return null;
        }
        long tokens =
                IntStream.range(0, inputs.size()).mapToLong(inputs::length).sum();
        long bytes = values.values().stream()
                .mapToLong(value -> value.bytes(inputs.size(), tokens))
                .sum();
        if (bytes > MOST_BYTES) {
            return null;
        }
        for (KeptRows rows : known) {
            put(rows, values.get(rows.name()), computed);
        }
        int done = 0;
        for (int[] batch : Batches.sorted(inputs, IntStream.range(0, computed).toArray(), BATCH)) {
            keep(frozen, values, feeding, batch, torch);
            done += batch.length;
            progress.at("computing the frozen part", done, computed);
        }
        return new FrozenValues(values, bytes);
    }

    /**
     * What is kept of all examples.
     *
     * @return null if a value has more than one axis per example or token
     */
    @Nullable
    List<KeptRows> rows() {
        List<KeptRows> rows = new ArrayList<>();
        for (Map.Entry<String, KeptValue> value : values.entrySet()) {
            KeptRows kept = value.getValue().rows(value.getKey());
            if (kept == null) {
                return null;
            }
            rows.add(kept);
        }
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** A batch of the kept value of this name; null if no such value is kept. */
    @Nullable
    NDArray get(String name, int[] examples, int length, NDManager run) {
        KeptValue value = values.get(name);
        return value == null ? null : value.get(examples, length, run);
    }

    private static void put(KeptRows rows, @Nullable KeptValue value, int firstExample) throws LearningException {
        if (value == null || !value.fits(rows)) {
            throw new LearningException(
                    "the known values of '" + rows.name() + "' have " + rows.width() + " numbers per "
                            + (rows.perToken() ? "token" : "example") + ", which is not how the graph makes them");
        }
        value.put(firstExample, rows);
    }

    private static Map<String, KeptValue> layouts(List<KeptRows> known) {
        Map<String, KeptValue> layouts = new LinkedHashMap<>();
        known.forEach(rows -> layouts.put(rows.name(), KeptValue.of(rows, rows.rows().length)));
        return layouts;
    }

    private static @Nullable Map<String, KeptValue> layouts(
            Program frozen, Collection<String> kept, Feeding feeding, Torch.Session torch) throws LearningException {
        int[] twice = {0, 0};
        int length = feeding.inputs().longest(twice);
        try (NDManager run = torch.manager().newSubManager();
                NDManager longerRun = torch.manager().newSubManager()) {
            Map<String, Value> batch = frozen.run(feeding.feed(frozen.fed(), twice, length, run), run);
            Map<String, Value> longer = frozen.run(feeding.feed(frozen.fed(), twice, length + 1, longerRun), longerRun);
            Map<String, KeptValue> layouts = new LinkedHashMap<>();
            for (String name : kept) {
                if (!(batch.get(name) instanceof Value.Tensor tensor)
                        || !(longer.get(name) instanceof Value.Tensor other)) {
                    return null;
                }
                KeptValue layout = KeptValue.of(
                        tensor.array(), other.array(), feeding.inputs().size());
                if (layout == null) {
                    return null;
                }
                layouts.put(name, layout);
            }
            return layouts;
        }
    }

    private static void keep(
            Program frozen, Map<String, KeptValue> values, Feeding feeding, int[] batch, Torch.Session torch)
            throws LearningException {
        int length = feeding.inputs().longest(batch);
        int[] lengths = IntStream.of(batch)
                .map(example -> feeding.inputs().length(example))
                .toArray();
        try (NDManager run = torch.manager().newSubManager()) {
            Map<String, Value> results = frozen.run(feeding.feed(frozen.fed(), batch, length, run), run);
            for (Map.Entry<String, KeptValue> value : values.entrySet()) {
                if (results.get(value.getKey()) instanceof Value.Tensor tensor) {
                    value.getValue().put(batch, lengths, length, tensor.array().toFloatArray());
                }
            }
        }
    }
}
