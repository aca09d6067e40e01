package io.millrace.trainer.data;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The handbook's split of a feature table: a week to train on, a week of waiting for labels, a week to test on. The
 * test leaves out the customers that are known to be compromised by then: those with a fraud in the training week,
 * and for each test day also those with a fraud up to eight days before.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param trainingRows row numbers in the table, in the order of time
 * @param testRows row numbers in the table, in the order of time
 */
@SuppressWarnings("ArrayRecordComponent") // row numbers are read, never compared
public record HandbookWeek(int[] trainingRows, int[] testRows) {

    private static final int WEEK_DAYS = 7;

    /** The first day of the training week of the handbook's baseline. */
    public static final LocalDate BASELINE_START = LocalDate.of(2018, 7, 25);

    /**
     * Splits a table.
     *
     * @param start first day of the training week
     * @param customerPlace place of the customer among the keys of the table
     */
    public static HandbookWeek of(FeatureTable table, LocalDate start, int customerPlace) {
        long firstDay = start.toEpochDay();
        int[] trainingRows = table.rowsOfDays(firstDay, firstDay + WEEK_DAYS - 1);
        Set<String> known = new HashSet<>(defrauded(table, trainingRows, customerPlace));
        IntStream.Builder testRows = IntStream.builder();
        for (int day = 0; day < WEEK_DAYS; day++) {
            long delayedDay = firstDay + WEEK_DAYS + day - 1;
            known.addAll(defrauded(table, table.rowsOfDays(delayedDay, delayedDay), customerPlace));
            long testDay = firstDay + 2 * WEEK_DAYS + day;
            Arrays.stream(table.rowsOfDays(testDay, testDay))
                    .filter(row -> !known.contains(table.key(row, customerPlace)))
                    .forEach(testRows::add);
        }
        HandbookWeek week = new HandbookWeek(trainingRows, testRows.build().toArray());
        if (week.trainingRows.length == 0 || week.testRows.length == 0) {
            throw new IllegalArgumentException("the file has " + week.trainingRows.length + " rows in the week from "
                    + start + " and " + week.testRows.length
                    + " in the test week that begins 14 days later: choose a start inside the file");
        }
        return week;
    }

    private static Set<String> defrauded(FeatureTable table, int[] rows, int customerPlace) {
        Set<String> customers = new HashSet<>();
        for (int row : rows) {
            if (table.positive(row)) {
                customers.add(table.key(row, customerPlace));
            }
        }
        return customers;
    }
}
