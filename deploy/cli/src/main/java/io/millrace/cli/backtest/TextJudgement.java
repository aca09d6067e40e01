package io.millrace.cli.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges what the stream said of texts against what its first model says of them.
 *
 * <p>Threading: immutable.
 */
final class TextJudgement {
    private final int classes;
    private final List<TextLog.Row> rows;
    private final List<TextAnswer> fixed;

    /**
     * Takes in the texts.
     *
     * @param fixed what the first model says of each row
     */
    TextJudgement(int classes, List<TextLog.Row> rows, List<TextAnswer> fixed) {
        this.classes = classes;
        this.rows = rows;
        this.fixed = fixed;
    }

    /** Both policies in stretches of so many texts of the stream; those without a labelled text are left out. */
    List<TextFold> folds(int window) {
        List<TextFold> folds = new ArrayList<>();
        long last = rows.get(rows.size() - 1).event();
        for (long from = 1; from <= last; from += window) {
            long first = from;
            long to = Math.min(last, from + window - 1);
            int[] places = IntStream.range(0, rows.size())
                    .filter(place ->
                            rows.get(place).event() >= first && rows.get(place).event() <= to)
                    .toArray();
            if (places.length > 0) {
                folds.add(TextFold.of(from, to, TextFold.STATIC, fixed(places)));
                folds.add(TextFold.of(from, to, TextFold.ADAPTIVE, adaptive(places)));
            }
        }
        return folds;
    }

    /** Both policies over all texts. */
    List<TextPolicy> overall() {
        int[] all = IntStream.range(0, rows.size()).toArray();
        return List.of(new TextPolicy(TextFold.STATIC, fixed(all)), new TextPolicy(TextFold.ADAPTIVE, adaptive(all)));
    }

    private TextQuality fixed(int[] places) {
        return quality(places, IntStream.of(places).mapToObj(fixed::get).toList());
    }

    private TextQuality adaptive(int[] places) {
        return quality(
                places,
                IntStream.of(places).mapToObj(place -> rows.get(place).answer()).toList());
    }

    private TextQuality quality(int[] places, List<TextAnswer> answers) {
        int[] truths =
                IntStream.of(places).map(place -> rows.get(place).truth()).toArray();
        return TextQuality.of(classes, truths, answers);
    }
}
