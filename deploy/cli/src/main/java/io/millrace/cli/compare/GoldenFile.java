package io.millrace.cli.compare;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Known right features: CSV in the handbook's layout, with the event's id in {@value #ID} and its customer in
 * {@value #CUSTOMER}.
 *
 * <p>Threading: confined to one thread. Lifecycle: in memory, eight bytes a cell.
 */
public final class GoldenFile {
    static final String ID = "TRANSACTION_ID";
    static final String CUSTOMER = "CUSTOMER_ID";

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    private final String origin;
    private final List<String> columns;
    private final boolean[] whole;
    private final Map<String, GoldenRow> rows = new HashMap<>();
    // Customers come back again and again; one string for each saves memory.
    private final Map<String, String> customers = new HashMap<>();

    private GoldenFile(String origin, List<String> columns) {
        this.origin = origin;
        this.columns = columns;
        this.whole = new boolean[columns.size()];
        Arrays.fill(whole, true);
    }

    /**
     * Reads all rows.
     *
     * @param origin what messages call the file
     */
    public static GoldenFile read(String origin, InputStream bytes) throws IOException {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> header = records.hasNext() ? List.copyOf(records.next().getFields()) : List.of();
            GoldenFile golden = new GoldenFile(origin, header);
            int id = golden.column(ID);
            int customer = golden.column(CUSTOMER);
            while (records.hasNext()) {
                golden.add(records.next(), id, customer);
            }
            if (golden.rows.isEmpty()) {
                throw new FailedException(origin + " has no rows, so nothing could be compared with it");
            }
            return golden;
        } catch (CsvParseException broken) {
            throw new FailedException(origin + " is not a whole CSV file: " + broken.getMessage(), broken);
        }
    }

    private int column(String name) {
        int column = columns.indexOf(name);
        if (column < 0) {
            throw new FailedException(origin + " has no column '" + name + "'; it has " + columns
                    + ": give the handbook's features as --golden");
        }
        return column;
    }

    private void add(CsvRecord record, int id, int customer) {
        double[] values = new double[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(i, record.getField(i));
        }
        String customerId = customers.computeIfAbsent(record.getField(customer), name -> name);
        if (rows.put(record.getField(id), new GoldenRow(customerId, values)) != null) {
            throw new FailedException(origin + ":" + record.getStartingLineNumber() + ": the row of " + ID + " "
                    + record.getField(id) + " comes a second time; keep one of them");
        }
    }

    /** What is not a number equals nothing, so it shows up as a difference if its column is compared at all. */
    private double number(int column, String cell) {
        whole[column] = whole[column] && WHOLE.matcher(cell).matches();
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    List<String> columns() {
        return columns;
    }

    /** Whether a column holds whole numbers only: counts and flags. */
    boolean isWhole(int column) {
        return whole[column];
    }

    boolean hasRow(String id) {
        return rows.containsKey(id);
    }

    GoldenRow row(String id) {
        GoldenRow row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException(origin + " has no row of " + ID + " " + id);
        }
        return row;
    }

    Collection<GoldenRow> rows() {
        return rows.values();
    }
}
