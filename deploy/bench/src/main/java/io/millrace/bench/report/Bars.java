package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.backtest.page.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lying bars with their names and numbers as text beside them, which stays readable on a narrow screen.
 *
 * <p>Threading: confined to one thread.
 */
final class Bars {
    private static final double ROOM = 1.02;
    /** A bar so many times as long as the next one would leave no room to compare the others. */
    private static final double FAR = 5;

    private final String title;
    private final String note;
    private final List<Bar> bars = new ArrayList<>();
    private boolean cutsFar;

    /** A bar with how far its rounds lie apart. */
    private record Bar(
            String kind,
            String name,
            double low,
            double middle,
            double high,
            @Nullable String beside) {}

    /**
     * An empty picture.
     *
     * @param note what the bars are, in a line below the title
     */
    Bars(String title, String note) {
        this.title = title;
        this.note = note;
    }

    /** Adds a bar without a spread. */
    Bars add(String kind, String name, double value, @Nullable String beside) {
        bars.add(new Bar(kind, name, value, value, value, beside));
        return this;
    }

    /** Adds a bar with the range around its value. */
    Bars add(String kind, String name, double low, double value, double high, @Nullable String beside) {
        bars.add(new Bar(kind, name, low, value, high, beside));
        return this;
    }

    /** Adds a bar from a spread of lowest, median and highest. */
    Bars add(String kind, String name, JsonNode spread, @Nullable String beside) {
        bars.add(new Bar(
                kind,
                name,
                spread.path("lowest").asDouble(),
                spread.path("median").asDouble(),
                spread.path("highest").asDouble(),
                beside));
        return this;
    }

    /** Cuts a bar short that would leave no room to compare the others. */
    Bars cutFar() {
        cutsFar = true;
        return this;
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String figure() {
        double end = end();
        StringBuilder html = new StringBuilder("<figure>\n").append(Html.element("figcaption", title));
        html.append("<p class=\"legend\">").append(Html.escape(note)).append("</p>\n<div class=\"bars\">\n");
        for (Bar bar : bars) {
            String beside =
                    bar.beside() == null ? "" : " <span class=\"soft\">" + Html.escape(bar.beside()) + "</span>";
            html.append("<div class=\"row\"><span>")
                    .append(Html.escape(bar.name()))
                    .append("</span>");
            html.append(picture(bar, end));
            html.append("<span class=\"value\">")
                    .append(Texts.number(bar.middle()))
                    .append(beside)
                    .append("</span></div>\n");
        }
        return html.append("</div>\n</figure>\n").toString();
    }

    /** Where the pictures end: at the longest bar, or at the next one if that is far longer than all others. */
    private double end() {
        List<Double> lengths = bars.stream().map(Bar::high).sorted().toList();
        double longest = lengths.isEmpty() ? 1 : lengths.get(lengths.size() - 1);
        double next = lengths.size() < 2 ? longest : lengths.get(lengths.size() - 2);
        return Math.max(1e-12, ROOM * (cutsFar && longest > FAR * next ? next * 1.25 : longest));
    }

    private static String picture(Bar bar, double end) {
        boolean isBeyond = bar.middle() > end;
        String told = bar.name() + ": " + Texts.number(bar.middle()) + ", rounds from " + Texts.number(bar.low())
                + " to " + Texts.number(bar.high()) + (isBeyond ? "; the bar is cut short" : "");
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
        svg.append(Html.escape(told)).append("\">").append(Html.element("title", told));
        svg.append("<rect class=\"bar ")
                .append(bar.kind())
                .append(isBeyond ? " beyond" : "")
                .append("\" y=\"2\" height=\"16\" width=\"")
                .append(at(bar.middle(), end))
                .append("\"/>");
        if (bar.high() > bar.low() && !isBeyond) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"spread\" d=\"M%s 10H%s M%s 6V14 M%s 6V14\"/>",
                    at(bar.low(), end),
                    at(bar.high(), end),
                    at(bar.low(), end),
                    at(bar.high(), end)));
        }
        if (isBeyond) {
            svg.append("<path class=\"cut\" d=\"M92 0L94 20M95 0L97 20\"/>");
        }
        return svg.append("</svg>\n").toString();
    }

    private static String at(double value, double end) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0, Math.min(100, 100 * value / end)));
    }
}
