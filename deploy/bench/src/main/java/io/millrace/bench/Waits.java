package io.millrace.bench;

import java.util.List;

/**
 * How long texts waited for their scores.
 *
 * @param texts that were counted
 * @param p50Millis half of them waited no longer
 */
public record Waits(int texts, long p50Millis, long p99Millis, long p999Millis, long longestMillis) {

    static Waits of(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Waits(0, 0, 0, 0, 0)
                : new Waits(
                        sorted.size(),
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.99),
                        quantile(sorted, 0.999),
                        sorted.get(sorted.size() - 1));
    }

    private static long quantile(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
