package io.millrace.cli.backtest.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of series over two axes, as inline SVG. Colours come from the page's style by the names of the series'
 * kinds, so that they change with light and dark.
 *
 * <p>Threading: confined to one thread. Units: SVG's own, of which a picture is {@value #NARROW} wide, or
 * {@value #WIDE}.
 */
public final class Plot {
    private static final int NARROW = 560;
    private static final int WIDE = 1120;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int TOP = 12;
    private static final int BOTTOM = HEIGHT - 58;
    private static final int MARKS_AT = HEIGHT - 12;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final int width;
    private final StringBuilder body = new StringBuilder();
    private final List<String> legend = new ArrayList<>();

    /** A point, with what is shown when one stops at it. */
    public record Point(double x, double y, String text) {}

    private Plot(String title, Axis x, Axis y, int width) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.width = width;
    }

    /** A picture that may stand beside another. */
    public static Plot narrow(String title, Axis x, Axis y) {
        return new Plot(title, x, y, NARROW);
    }

    /** A picture as wide as the page. */
    public static Plot wide(String title, Axis x, Axis y) {
        return new Plot(title, x, y, WIDE);
    }

    /**
     * Adds a line.
     *
     * @param kind what it is called in the style
     * @param dots whether each point can be pointed at
     */
    public Plot line(String kind, String name, List<Point> points, boolean dots) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(number(atX(point.x())))
                    .append(' ')
                    .append(number(atY(point.y())));
        }
        body.append("<path class=\"line ")
                .append(kind)
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
        if (dots) {
            points.forEach(point -> dot("dot " + kind, atX(point.x()), atY(point.y()), 3.5, point.text()));
        }
        if (!name.isEmpty()) {
            legend.add("<span class=\"key " + kind + "\"></span>" + Html.escape(name));
        }
        return this;
    }

    /** Adds bars that stand on the lower axis. */
    public Plot bars(String kind, List<Point> points, double width) {
        for (Point point : points) {
            double left = atX(point.x() - width / 2);
            double top = atY(point.y());
            body.append("<rect class=\"bar ").append(kind).append("\" x=\"").append(number(left));
            body.append("\" y=\"").append(number(top));
            body.append("\" width=\"").append(number(atX(point.x() + width / 2) - left));
            body.append("\" height=\"").append(number(BOTTOM - top)).append("\">");
            body.append(Html.element("title", point.text())).append("</rect>\n");
        }
        return this;
    }

    /** Adds marks below the lower axis; those of a live kind also draw a line through the picture. */
    public Plot marks(String kind, String name, List<Point> points, boolean through) {
        for (Point point : points) {
            double at = atX(point.x());
            if (through) {
                body.append("<path class=\"through ")
                        .append(kind)
                        .append("\" d=\"M")
                        .append(number(at));
                body.append(' ').append(TOP).append('V').append(BOTTOM).append("\"/>\n");
            }
            dot("mark " + kind, at, MARKS_AT, 4.5, point.text());
        }
        if (!points.isEmpty()) {
            legend.add("<span class=\"key round " + kind + "\"></span>" + Html.escape(name));
        }
        return this;
    }

    /** The picture under its title, with its legend. */
    public String figure() {
        StringBuilder html = new StringBuilder(width == WIDE ? "<figure class=\"wide\">\n" : "<figure>\n");
        html.append(Html.element("figcaption", title));
        html.append("<p class=\"legend\">").append(String.join(" ", legend)).append("</p>\n");
        html.append("<svg viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"");
        html.append(Html.escape(title)).append("\">\n");
        grid(html);
        return html.append(body).append("</svg>\n</figure>\n").toString();
    }

    private void grid(StringBuilder html) {
        for (Axis.Tick tick : y.ticks()) {
            String at = number(atY(tick.value()));
            html.append("<path class=\"grid\" d=\"M")
                    .append(LEFT)
                    .append(' ')
                    .append(at)
                    .append('H')
                    .append(right());
            html.append("\"/>\n");
            text(html, "end", LEFT - 8, atY(tick.value()) + 4, tick.text());
        }
        html.append("<path class=\"axis\" d=\"M")
                .append(LEFT)
                .append(' ')
                .append(BOTTOM)
                .append('H')
                .append(right());
        html.append("\"/>\n");
        for (Axis.Tick tick : x.ticks()) {
            text(html, "middle", atX(tick.value()), BOTTOM + 16, tick.text());
        }
        text(html, "middle", (LEFT + right()) / 2.0, BOTTOM + 32, x.label());
        html.append("<text text-anchor=\"middle\" transform=\"translate(14 ").append((TOP + BOTTOM) / 2);
        html.append(") rotate(-90)\">").append(Html.escape(y.label())).append("</text>\n");
    }

    private static void text(StringBuilder html, String anchor, double atX, double atY, String text) {
        html.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(number(atX));
        html.append("\" y=\"")
                .append(number(atY))
                .append("\">")
                .append(Html.escape(text))
                .append("</text>\n");
    }

    private void dot(String style, double atX, double atY, double radius, String text) {
        body.append("<circle class=\"").append(style).append("\" cx=\"").append(number(atX));
        body.append("\" cy=\"")
                .append(number(atY))
                .append("\" r=\"")
                .append(number(radius))
                .append("\">");
        body.append(Html.element("title", text)).append("</circle>\n");
    }

    private int right() {
        return width - 16;
    }

    private double atX(double value) {
        return x.at(value, LEFT, right());
    }

    private double atY(double value) {
        return y.at(value, BOTTOM, TOP);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
