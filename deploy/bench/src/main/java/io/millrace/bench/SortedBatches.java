package io.millrace.bench;

import io.millrace.inference.text.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Texts in order of their lengths, cut into batches of one size: the best that can be done when all are known before.
 *
 * <p>Threading: immutable.
 */
public record SortedBatches(List<List<Tokens>> batches) {

    /** Sorts and cuts. */
    public static SortedBatches of(List<Tokens> texts, int size) {
        List<Tokens> sorted =
                texts.stream().sorted(Comparator.comparingInt(Tokens::length)).toList();
        List<List<Tokens>> batches = new ArrayList<>();
        for (int start = 0; start < sorted.size(); start += size) {
            batches.add(sorted.subList(start, Math.min(start + size, sorted.size())));
        }
        // The long ones first, so that no thread is left alone with them at the end.
        Collections.reverse(batches);
        return new SortedBatches(List.copyOf(batches));
    }

    static int longest(List<Tokens> batch) {
        return batch.stream().mapToInt(Tokens::length).max().orElse(0);
    }

    /** Of the tokens that a model runs over, the share that is padding. */
    double padding() {
        long own = 0;
        long padded = 0;
        for (List<Tokens> batch : batches) {
            own += batch.stream().mapToLong(Tokens::length).sum();
            padded += (long) batch.size() * longest(batch);
        }
        return 1 - (double) own / padded;
    }
}
