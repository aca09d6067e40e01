package io.millrace.cli.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A policy's mean over the folds.
 *
 * <p>Threading: immutable.
 */
record FoldMean(
        String policy, String learner, int folds, double rocAuc, double averagePrecision, double cardPrecision100) {

    /** The mean of each policy, in the order in which they come. */
    static List<FoldMean> of(List<Fold> folds) {
        Map<String, List<Fold>> byPolicy = new LinkedHashMap<>();
        for (Fold fold : folds) {
            byPolicy.computeIfAbsent(fold.policy() + "/" + fold.learner(), policy -> new ArrayList<>())
                    .add(fold);
        }
        return byPolicy.values().stream()
                .map(same -> new FoldMean(
                        same.get(0).policy(),
                        same.get(0).learner(),
                        same.size(),
                        mean(same, Fold::rocAuc),
                        mean(same, Fold::averagePrecision),
                        mean(same, Fold::cardPrecision100)))
                .toList();
    }

    private static double mean(List<Fold> folds, ToDoubleFunction<Fold> number) {
        return Quality.rounded(folds.stream().mapToDouble(number).average().orElse(Double.NaN));
    }
}
