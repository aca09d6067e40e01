package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Axis;
import io.millrace.cli.backtest.page.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines over numbers, on plain or logarithmic axes.
 *
 * <p>Threading: confined to one thread.
 */
final class Series {
    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final Map<String, List<double[]>> lines = new LinkedHashMap<>();
    private boolean logX;
    private boolean logY;

    Series(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Draws x by its logarithm. */
    Series logX() {
        logX = true;
        return this;
    }

    /** Draws y by its logarithm. */
    Series logY() {
        logY = true;
        return this;
    }

    /** Adds a point to a line. */
    Series add(String line, double x, double y) {
        if ((!logX || x > 0) && (!logY || y > 0)) {
            lines.computeIfAbsent(line, unused -> new ArrayList<>()).add(new double[] {x, y});
        }
        return this;
    }

    /** Adds a line from fields of an array's objects; those that are no numbers are left out. */
    Series addAll(String line, JsonNode array, String x, String y) {
        for (JsonNode point : array) {
            if (point.path(x).isNumber() && point.path(y).isNumber()) {
                add(line, point.path(x).asDouble(), point.path(y).asDouble());
            }
        }
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String figure() {
        if (isEmpty()) {
            return "";
        }
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        lines.values()
                .forEach(points -> points.forEach(point -> {
                    xs.add(point[0]);
                    ys.add(point[1]);
                }));
        Plot plot = Plot.narrow(title, axis(xLabel, xs, logX), axis(yLabel, ys, logY));
        int n = 0;
        for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
            List<Plot.Point> points = line.getValue().stream()
                    .map(point -> new Plot.Point(
                            logX ? Scales.log(point[0]) : point[0],
                            logY ? Scales.log(point[1]) : point[1],
                            line.getKey() + ", " + xLabel + " " + Texts.number(point[0]) + ": "
                                    + Texts.number(point[1])))
                    .toList();
            plot.line(Palette.line(n++), line.getKey(), points, true);
        }
        return plot.figure();
    }

    private static Axis axis(String label, List<Double> values, boolean log) {
        return log ? Scales.logarithmic(label, values) : Scales.fromZero(label, values);
    }
}
