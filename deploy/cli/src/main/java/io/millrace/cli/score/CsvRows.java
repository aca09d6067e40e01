package io.millrace.cli.score;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.inference.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV with a header line. A cell that is a JSON number becomes one, an empty cell is left out, any other is a string.
 *
 * <p>Threading: confined to one thread.
 */
final class CsvRows implements InputRows {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> columns;
    private final String[] quotedColumns;
    private final int labelColumn;
    private final StringBuilder json = new StringBuilder();

    CsvRows(String input, InputStream bytes, @Nullable String label) {
        this.reader = CsvReader.builder().ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        this.records = reader.iterator();
        if (!records.hasNext()) {
            throw new ConfigException(input + " is empty: a CSV file begins with a header line");
        }
        this.columns = List.copyOf(records.next().getFields());
        this.quotedColumns = columns.stream().map(CsvRows::quoted).toArray(String[]::new);
        this.labelColumn = label == null ? -1 : columns.indexOf(label);
        if (label != null && labelColumn < 0) {
            throw new ConfigException(
                    input + " has no column '" + label + "' for the labels (labels.column); it has " + columns);
        }
    }

    @Override
    public @Nullable InputRow next() {
        if (!records.hasNext()) {
            return null;
        }
        CsvRecord record = records.next();
        json.setLength(0);
        json.append('{');
        int count = Math.min(columns.size(), record.getFieldCount());
        for (int i = 0; i < count; i++) {
            String cell = record.getField(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(quotedColumns[i]).append(':');
            if (isNumber(cell)) {
                json.append(cell);
            } else {
                json.append(quoted(cell));
            }
        }
        json.append('}');
        String label = labelColumn < 0 || labelColumn >= count ? null : record.getField(labelColumn);
        return new InputRow(json.toString().getBytes(StandardCharsets.UTF_8), label);
    }

    private static boolean isNumber(String cell) {
        char first = cell.charAt(0);
        return (first == '-' || (first >= '0' && first <= '9'))
                && NUMBER.matcher(cell).matches();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
