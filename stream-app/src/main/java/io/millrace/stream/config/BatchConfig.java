package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a batch closes: at so many rows, or when its oldest row has waited so long; a commit closes it anyway. Texts are
 * run by the model in groups of like length; a batch of texts closes also when it holds enough for a few such groups.
 *
 * @param rows rows that close a batch at once; 256 by default
 * @param linger longest wait of the oldest row; 5 ms by default
 * @param tokens of texts, padding among them, that the model runs over at once, unless a single text is longer; 256 by
 *     default, which suits the caches of a CPU: a GPU wants thousands
 * @param cacheTexts texts whose probabilities are remembered per task, for texts that come again; 10,000 by default, 0
 *     for none
 */
public record BatchConfig(int rows, Duration linger, int tokens, int cacheTexts) {
    static final int DEFAULT_ROWS = 256;
    static final Duration DEFAULT_LINGER = Duration.ofMillis(5);
    static final int DEFAULT_TOKENS = 256;
    static final int DEFAULT_CACHE_TEXTS = 10_000;

    /** Absent values take their defaults. */
    @JsonCreator
    public static BatchConfig of(
            @Nullable Integer rows, @Nullable Duration linger, @Nullable Integer tokens, @Nullable Integer cacheTexts) {
        return new BatchConfig(
                rows == null ? DEFAULT_ROWS : rows,
                linger == null ? DEFAULT_LINGER : linger,
                tokens == null ? DEFAULT_TOKENS : tokens,
                cacheTexts == null ? DEFAULT_CACHE_TEXTS : cacheTexts);
    }

    /** The defaults. */
    public static BatchConfig defaults() {
        return of(null, null, null, null);
    }

    /** The defaults of texts. */
    public BatchConfig(int rows, Duration linger) {
        this(rows, linger, DEFAULT_TOKENS, DEFAULT_CACHE_TEXTS);
    }

    public BatchConfig {
        Checks.range("rows", rows, 1, 65_536);
        Checks.positive("linger", linger);
        if (linger.compareTo(Duration.ofMillis(1)) < 0 || linger.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("linger must be from 1ms to 1m, was " + linger);
        }
        Checks.range("tokens", tokens, 16, 1_048_576);
        Checks.range("cache-texts", cacheTexts, 0, 1_000_000);
    }
}
