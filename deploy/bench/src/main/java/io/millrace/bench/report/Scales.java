package io.millrace.bench.report;

import io.millrace.cli.backtest.page.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * Axes for what spans several sizes: values are plotted by their logarithms, and labelled by themselves.
 *
 * <p>Threading: stateless.
 */
final class Scales {
    private static final double[] STEPS = {1, 2, 5};
    private static final int MOST_TICKS = 9;
    private static final double FINEST = 99.9999;

    private Scales() {}

    /** Powers of ten around positive values, with twos and fives between them where there is room. */
    static Axis logarithmic(String label, List<Double> values) {
        double least = values.stream()
                .filter(value -> value > 0)
                .mapToDouble(value -> value)
                .min()
                .orElse(1);
        double most = values.stream()
                .filter(value -> value > 0)
                .mapToDouble(value -> value)
                .max()
                .orElse(10);
        double low = Math.floor(Math.log10(least) * 4) / 4;
        double high = Math.max(low + 0.5, Math.ceil(Math.log10(most) * 4 + 0.01) / 4);
        List<Axis.Tick> ticks = ticks(low, high, STEPS);
        return new Axis(label, low, high, ticks.size() <= MOST_TICKS ? ticks : ticks(low, high, new double[] {1}));
    }

    private static List<Axis.Tick> ticks(double low, double high, double[] steps) {
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(low); power <= high; power++) {
            for (double step : steps) {
                double at = power + Math.log10(step);
                if (at >= low - 1e-9 && at <= high + 1e-9) {
                    ticks.add(new Axis.Tick(at, Texts.brief(step * Math.pow(10, power))));
                }
            }
        }
        return ticks;
    }

    /** Where a positive value lies on such an axis. */
    static double log(double value) {
        return Math.log10(Math.max(1e-12, value));
    }

    /** Percentiles, each nine as wide as the one before. */
    static Axis percentiles(double finest) {
        double end = percentile(Math.min(finest, FINEST));
        List<Axis.Tick> ticks = new ArrayList<>();
        String[] names = {"0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %"};
        for (int nines = 0; nines < names.length && nines <= end + 1e-6; nines++) {
            ticks.add(new Axis.Tick(nines, names[nines]));
        }
        return new Axis("percentile", 0, Math.max(1, end), ticks);
    }

    /** Where a percentile from 0 to 100 lies on such an axis. */
    static double percentile(double percentile) {
        return -Math.log10(Math.max(1e-9, 1 - Math.min(percentile, FINEST) / 100));
    }

    /** From 0 to a little above the largest value, at round numbers. */
    static Axis fromZero(String label, List<Double> values) {
        double most = values.stream().mapToDouble(value -> value).max().orElse(1);
        double end = most > 0 ? most * 1.08 : 1;
        double step = Math.pow(10, Math.floor(Math.log10(end)));
        for (double part : new double[] {5, 2.5, 2, 1}) {
            if (end / (step * part / 5) <= MOST_TICKS) {
                step = step * part / 5;
                break;
            }
        }
        while (end / step < 3) {
            step /= 2;
        }
        while (end / step > MOST_TICKS) {
            step *= 2;
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end; i++) {
            ticks.add(new Axis.Tick(i * step, Texts.brief(i * step)));
        }
        return new Axis(label, 0, end, ticks);
    }
}
