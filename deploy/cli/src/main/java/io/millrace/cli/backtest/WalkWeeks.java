package io.millrace.cli.backtest;

import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.data.FeatureTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges a walk week by week: what the stream said against what its first model would have said of the same features.
 *
 * <p>Threading: confined to one thread.
 */
final class WalkWeeks {
    private static final int WEEK_DAYS = 7;

    private final ScoredLog log;
    private final int[] rows;
    private final double[] fixed;
    private final int cardPlace;

    /**
     * Takes in the judged rows.
     *
     * @param rows row numbers in the log
     * @param fixed what the first model says of them
     */
    WalkWeeks(ScoredLog log, int[] rows, double[] fixed, int cardPlace) {
        this.log = log;
        this.rows = rows;
        this.fixed = fixed;
        this.cardPlace = cardPlace;
    }

    /** The weeks from a day on; the last one may be shorter. */
    List<Week> weeks(LocalDate from, LocalDate to) {
        List<Week> weeks = new ArrayList<>();
        for (LocalDate start = from; !start.isAfter(to); start = start.plusDays(WEEK_DAYS)) {
            LocalDate end = start.plusDays(WEEK_DAYS - 1);
            weeks.add(week(start, end.isAfter(to) ? to : end));
        }
        return weeks;
    }

    /** All days as one. */
    Week week(LocalDate from, LocalDate to) {
        FeatureTable table = log.table();
        int[] places = new int[rows.length];
        int count = 0;
        for (int place = 0; place < rows.length; place++) {
            long day = table.day(rows[place]);
            if (day >= from.toEpochDay() && day <= to.toEpochDay()) {
                places[count++] = place;
            }
        }
        int[] chosen = Arrays.copyOf(places, count);
        int[] ofWeek = Arrays.stream(chosen).map(place -> rows[place]).toArray();
        double[] before =
                Arrays.stream(chosen).mapToDouble(place -> fixed[place]).toArray();
        double[] now = log.scores(ofWeek);
        Quality fixedQuality = Quality.of(table, ofWeek, before, cardPlace);
        Quality adaptiveQuality = Quality.of(table, ofWeek, now, cardPlace);
        Double was = fixedQuality.averagePrecision();
        Double is = adaptiveQuality.averagePrecision();
        return new Week(
                from.toString(),
                Math.toIntExact(to.toEpochDay() - from.toEpochDay() + 1),
                ofWeek.length,
                new ScoredLabels(now, table.positives(ofWeek)).positiveCount(),
                fixedQuality,
                adaptiveQuality,
                was == null || is == null ? null : Quality.rounded(is - was));
    }

    /** Curves over all judged rows. */
    List<Curve> curves() {
        boolean[] truth = log.table().positives(rows);
        return List.of(
                Curve.of("static", new ScoredLabels(fixed, truth)),
                Curve.of("adaptive", new ScoredLabels(log.scores(rows), truth)));
    }
}
