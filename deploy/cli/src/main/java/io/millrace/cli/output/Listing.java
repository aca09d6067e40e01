package io.millrace.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows under named columns, printed as a table or as a JSON array with one object per row. A column's name is its JSON
 * key; the table shows it in capitals.
 *
 * <p>Threading: confined to its owner.
 */
public final class Listing {

    private static final String GAP = "  ";
    private static final String NOTHING = "-";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<String> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private Listing(List<String> columns) {
        this.columns = columns;
    }

    public static Listing of(String... columns) {
        return new Listing(List.of(columns));
    }

    /** Adds a row: numbers, truth values and lists keep their JSON type, everything else is text; null is nothing. */
    public Listing add(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(new ArrayList<>(Arrays.asList(cells)));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints JSON, or the table; an empty table prints what its emptiness means. */
    public void print(PrintWriter out, boolean json, String emptyText) {
        if (json) {
            printJson(out);
        } else if (rows.isEmpty()) {
            out.println(emptyText);
        } else {
            printTable(out);
        }
        out.flush();
    }

    /** Prints one value as JSON, indented. */
    public static void printJson(PrintWriter out, Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
        }
    }

    private void printJson(PrintWriter out) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), jsonValue(row.get(i)));
            }
            objects.add(object);
        }
        printJson(out, objects);
    }

    private static @Nullable Object jsonValue(@Nullable Object cell) {
        if (cell == null || cell instanceof Number || cell instanceof Boolean || cell instanceof List<?>) {
            return cell;
        }
        return cell.toString();
    }

    private void printTable(PrintWriter out) {
        int[] widths = new int[columns.size()];
        boolean[] numeric = new boolean[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    columns.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> text(row.get(column)).length())
                            .max()
                            .orElse(0));
            numeric[i] = rows.stream().allMatch(row -> row.get(column) == null || row.get(column) instanceof Number);
        }
        out.println(line(
                columns.stream()
                        .map(name -> name.toUpperCase(Locale.ROOT).replace('_', ' '))
                        .toList(),
                widths,
                numeric));
        for (List<@Nullable Object> row : rows) {
            out.println(line(row.stream().map(Listing::text).toList(), widths, numeric));
        }
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(numeric[i] ? padding + cells.get(i) : cells.get(i) + padding)
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return NOTHING;
        }
        String text = cell instanceof List<?> list ? join(list) : cell.toString();
        return text.isEmpty() ? NOTHING : text.replace('\n', ' ');
    }

    private static String join(List<?> list) {
        return String.join(", ", list.stream().map(String::valueOf).toList());
    }
}
