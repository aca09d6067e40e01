package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.backtest.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Any JSON as tables, for what has no picture of its own.
 *
 * <p>Threading: stateless.
 */
final class Trees {
    private static final JsonNode NOTHING = new ObjectMapper().createArrayNode();
    private static final int LONGEST_LIST = 12;

    private Trees() {}

    /** The first array below whose elements have a field; an empty one if there is none. */
    static JsonNode firstArray(JsonNode node, String field) {
        if (node.isArray() && !node.isEmpty() && node.get(0).has(field)) {
            return node;
        }
        for (JsonNode inner : node) {
            JsonNode found = inner.isContainerNode() ? firstArray(inner, field) : NOTHING;
            if (!found.isEmpty()) {
                return found;
            }
        }
        return NOTHING;
    }

    /** A table of an array's objects, or of an object's fields; tables in tables where they go deeper. */
    static String html(JsonNode node) {
        if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            return rows(node);
        }
        if (node.isObject()) {
            return fields(node);
        }
        return Html.element("p", text(node));
    }

    private static String rows(JsonNode array) {
        Set<String> columns = new LinkedHashSet<>();
        array.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : array) {
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(cell(row.path(column))));
            rows.add(cells);
        }
        return Html.table(columns.stream().map(Texts::words).toList(), rows);
    }

    private static String fields(JsonNode object) {
        List<List<String>> rows = new ArrayList<>();
        object.properties().forEach(field -> rows.add(List.of(Html.escape(field.getKey()), cell(field.getValue()))));
        return Html.table(List.of("", ""), rows);
    }

    private static String cell(JsonNode node) {
        if (node.isNumber()) {
            return "<td class=\"number\">" + Texts.number(node.asDouble()) + "</td>";
        }
        if (isSpread(node)) {
            return "<td class=\"number\">" + Texts.number(node.get("median").asDouble()) + " <span class=\"soft\">("
                    + Texts.number(node.get("lowest").asDouble()) + " to "
                    + Texts.number(node.get("highest").asDouble()) + ")</span></td>";
        }
        if (node.isArray() && node.size() > LONGEST_LIST) {
            return "<td class=\"soft\">" + node.size() + " entries</td>";
        }
        if (node.isObject() || (node.isArray() && !node.isEmpty() && node.get(0).isContainerNode())) {
            return "<td>" + html(node) + "</td>";
        }
        return Html.escape(text(node));
    }

    private static boolean isSpread(JsonNode node) {
        return node.has("lowest") && node.has("median") && node.has("highest");
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "–";
        }
        if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(part -> parts.add(text(part)));
            return String.join(", ", parts);
        }
        return node.isNumber() ? Texts.number(node.asDouble()) : node.asText();
    }
}
