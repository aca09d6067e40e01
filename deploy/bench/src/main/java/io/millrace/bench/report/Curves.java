package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distributions of durations over percentiles, as HdrHistogram draws them: each nine as wide as the one before.
 *
 * <p>Threading: confined to one thread. Units: milliseconds.
 */
final class Curves {
    private final String title;
    private final Map<String, List<Plot.Point>> lines = new LinkedHashMap<>();
    private final List<Double> values = new ArrayList<>();
    private double finest = 99;

    Curves(String title) {
        this.title = title;
    }

    /** Adds a distribution, whose curve is a list of points. */
    Curves add(String name, JsonNode percentiles) {
        List<Plot.Point> points = new ArrayList<>();
        double last = -1;
        for (JsonNode point : percentiles.path("curve")) {
            double percentile = point.path("percentile").asDouble();
            double millis = point.path("millis").asDouble();
            // The last points repeat the longest duration up to 100 %, which has no place on this axis.
            if (percentile < 100
                    && millis > 0
                    && !(millis == last && millis == percentiles.path("max").asDouble())) {
                points.add(new Plot.Point(Scales.percentile(percentile), Scales.log(millis), ""));
                values.add(millis);
                finest = Math.max(finest, percentile);
            }
            last = millis;
        }
        if (!points.isEmpty()) {
            lines.put(name, points);
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
        Plot plot = Plot.narrow(title, Scales.percentiles(finest), Scales.logarithmic("milliseconds", values));
        int n = 0;
        for (Map.Entry<String, List<Plot.Point>> line : lines.entrySet()) {
            plot.line(Palette.line(n++), line.getKey(), line.getValue(), false);
        }
        return plot.figure();
    }
}
