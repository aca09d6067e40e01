package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a backtest found. Free of clock times: the same file, settings and code give the same report.
 *
 * <p>Threading: immutable.
 *
 * @param folds of the handbook's protocol; empty without it
 * @param foldMeans each policy's mean over the folds
 * @param weeks of the walk; empty for the protocol
 * @param overall of all judged rows of the walk; null for the protocol
 * @param versions what was published, refused and put off, in the order of event time
 * @param curves of the static and the adaptive model over all judged rows
 * @param labelDelay how late the labels came that were joined
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BacktestReport(
        Setting setting,
        List<Fold> folds,
        List<FoldMean> foldMeans,
        List<Week> weeks,
        @Nullable Week overall,
        List<VersionEntry> versions,
        List<Curve> curves,
        List<DelayBin> labelDelay) {

    static BacktestReport ofFolds(Setting setting, List<Fold> folds) {
        return new BacktestReport(setting, folds, FoldMean.of(folds), List.of(), null, List.of(), List.of(), List.of());
    }
}
