package io.millrace.cli.backtest;

import io.millrace.cli.backtest.page.Axis;
import io.millrace.cli.backtest.page.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The folds as pictures. Threading: confined to one thread. */
final class FoldPlots {
    private final List<Fold> folds;

    FoldPlots(List<Fold> folds) {
        this.folds = folds;
    }

    String html() {
        return plot("Average precision by fold", "average precision", Fold::averagePrecision)
                + plot("Card precision at 100 by fold", "CP@100", Fold::cardPrecision100);
    }

    private String plot(String title, String label, ToDoubleFunction<Fold> number) {
        List<String> starts =
                folds.stream().map(Fold::testStart).distinct().sorted().toList();
        Plot plot = Plot.narrow(
                title,
                Axis.places("test week from", starts),
                Axis.around(label, folds.stream().map(number::applyAsDouble).toList()));
        Map<String, List<Plot.Point>> byPolicy = new LinkedHashMap<>();
        for (String start : starts) {
            for (Fold fold : folds) {
                if (fold.testStart().equals(start)) {
                    double value = number.applyAsDouble(fold);
                    byPolicy.computeIfAbsent(fold.policy(), policy -> new ArrayList<>())
                            .add(new Plot.Point(starts.indexOf(start), value, fold.policy() + ": " + value));
                }
            }
        }
        byPolicy.forEach((policy, points) -> plot.line(policy, policy, points, true));
        return plot.figure();
    }
}
