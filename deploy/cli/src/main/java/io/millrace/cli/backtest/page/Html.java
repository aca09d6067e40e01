package io.millrace.cli.backtest.page;

import java.util.List;
import java.util.Locale;

/** Small pieces of HTML. Threading: stateless. */
public final class Html {
    private Html() {}

    /** Text with what HTML would read as its own replaced. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An element with a text in it. */
    public static String element(String name, String text) {
        return "<" + name + ">" + escape(text) + "</" + name + ">\n";
    }

    /**
     * A table that scrolls sideways when it is too wide.
     *
     * @param rows as many cells each as there are columns; cells are markup
     */
    public static String table(List<String> columns, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        columns.forEach(column -> html.append("<th>").append(escape(column)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append(cell.startsWith("<td") ? cell : "<td>" + cell + "</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** A cell with a number to the right. */
    public static String number(double value, int digits) {
        return "<td class=\"number\">" + format(value, digits) + "</td>";
    }

    /** A whole number as text, the same in every locale. */
    public static String format(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number as text, the same in every locale. */
    public static String format(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
