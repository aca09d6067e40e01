package io.millrace.trainer.pretrain;

import io.millrace.trainer.data.FeatureTable;
import java.time.LocalDate;

/**
 * Which days of a table are learned from and which judge. Between the two lies the label delay, so that the hold-out
 * looks as a live stream would look to a model whose newest labels just came in.
 *
 * <p>Threading: immutable. Units: UTC days, all ends included.
 */
record DaySplit(LocalDate trainingFirst, LocalDate trainingLast, LocalDate holdOutFirst, LocalDate holdOutLast) {

    static DaySplit of(FeatureTable table, PretrainingSettings settings) {
        if (table.rows() == 0) {
            throw new IllegalArgumentException("the file has no transactions");
        }
        long first = table.day(0);
        long last = table.day(table.rows() - 1);
        long holdOutFirst = last - settings.holdOutDays() + 1;
        long trainingLast = holdOutFirst - 1 - settings.labelDelayDays();
        long trainingFirst = Math.max(first + settings.warmUpDays(), trainingLast - settings.trainingDays() + 1);
        if (trainingFirst > trainingLast) {
            throw new IllegalArgumentException("the file covers " + (last - first + 1) + " days, but "
                    + settings.warmUpDays() + " of warm-up, at least 1 of training, " + settings.labelDelayDays()
                    + " of label delay and " + settings.holdOutDays()
                    + " of hold-out are wanted: take a longer file or fewer days");
        }
        return new DaySplit(
                LocalDate.ofEpochDay(trainingFirst),
                LocalDate.ofEpochDay(trainingLast),
                LocalDate.ofEpochDay(holdOutFirst),
                LocalDate.ofEpochDay(last));
    }

    int[] trainingRows(FeatureTable table) {
        return table.rowsOfDays(trainingFirst.toEpochDay(), trainingLast.toEpochDay());
    }

    int[] holdOutRows(FeatureTable table) {
        return table.rowsOfDays(holdOutFirst.toEpochDay(), holdOutLast.toEpochDay());
    }
}
