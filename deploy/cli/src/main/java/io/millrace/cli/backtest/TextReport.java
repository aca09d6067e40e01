package io.millrace.cli.backtest;

import java.util.List;

/**
 * All that a backtest of texts found. Free of clock times: the same file, settings and code give the same report.
 *
 * <p>Threading: immutable.
 *
 * @param folds both policies, stretch by stretch of the stream
 * @param overall both policies over the whole stream
 * @param versions what was published, refused and put off, in the order of the stream
 */
public record TextReport(
        TextSetting setting, List<TextFold> folds, List<TextPolicy> overall, List<TextVersion> versions) {}
