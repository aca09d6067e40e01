package io.millrace.cli.backtest.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a plot.
 *
 * <p>Threading: immutable.
 *
 * @param label what is measured
 * @param low the value at its beginning
 * @param high the value at its end
 * @param ticks where it is labelled
 */
public record Axis(String label, double low, double high, List<Tick> ticks) {
    private static final int MOST_TICKS = 8;
    private static final int MOST_PLACES = 16;
    private static final int[] ROUND = {1, 2, 5};
    private static final double[] STEPS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1};

    /** A labelled value. */
    public record Tick(double value, String text) {}

    public Axis {
        ticks = List.copyOf(ticks);
        if (!(high > low)) {
            throw new IllegalArgumentException("axis '" + label + "' must have a length, is " + low + " to " + high);
        }
    }

    /** From 0 to 1. */
    public static Axis share(String label) {
        return between(label, 0, 1);
    }

    /** Around some values between 0 and 1, with a little room. */
    public static Axis around(String label, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double low = Math.max(0, Math.floor((least - 0.02) * 20) / 20);
        double high = Math.min(1, Math.ceil((most + 0.02) * 20) / 20);
        return between(label, low, high > low ? high : low + 0.05);
    }

    private static Axis between(String label, double low, double high) {
        double step = 1;
        for (int i = STEPS.length - 1; i >= 0 && (high - low) / STEPS[i] <= MOST_TICKS; i--) {
            step = STEPS[i];
        }
        List<Tick> ticks = new ArrayList<>();
        for (long tick = (long) Math.ceil(low / step - 1e-9); tick * step <= high + 1e-9; tick++) {
            ticks.add(new Tick(tick * step, Html.format(tick * step, 2)));
        }
        return new Axis(label, low, high, ticks);
    }

    /** Whole numbers between two ends, labelled at round ones. */
    public static Axis numbers(String label, long low, long high) {
        long step = 1;
        for (long power = 1; (high - low) / step > MOST_TICKS; power *= 10) {
            for (int place = 0; place < ROUND.length && (high - low) / step > MOST_TICKS; place++) {
                step = ROUND[place] * power;
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (long tick = Math.floorDiv(low + step - 1, step) * step; tick <= high; tick += step) {
            ticks.add(new Tick((double) tick, Html.format(tick)));
        }
        return new Axis(label, low, high, ticks);
    }

    /** Days since 1970-01-01, labelled at the beginning of each month, or of each week of a short time. */
    public static Axis days(String label, LocalDate from, LocalDate to) {
        boolean isShort = to.toEpochDay() - from.toEpochDay() < 60;
        List<Tick> ticks = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            boolean labelled = isShort ? (day.toEpochDay() - from.toEpochDay()) % 7 == 0 : day.getDayOfMonth() == 1;
            if (labelled) {
                ticks.add(new Tick(day.toEpochDay(), day.toString()));
            }
        }
        return new Axis(label, from.toEpochDay(), to.toEpochDay() + 1.0, ticks);
    }

    /** Whole numbers from 0, with half a place of room on both sides. */
    public static Axis places(String label, List<String> names) {
        List<Tick> ticks = new ArrayList<>();
        int every = names.size() / MOST_PLACES + 1;
        for (int place = 0; place < names.size(); place += every) {
            ticks.add(new Tick(place, names.get(place)));
        }
        return new Axis(label, -0.5, names.size() - 0.5, ticks);
    }

    /** Where a value lies between two ends of the picture. */
    double at(double value, double from, double to) {
        return from + (value - low) / (high - low) * (to - from);
    }
}
