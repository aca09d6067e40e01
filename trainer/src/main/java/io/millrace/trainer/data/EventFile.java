package io.millrace.trainer.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.schemas.codec.Event;
import io.millrace.schemas.codec.EventShape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/**
 * Reads events with their labels from a CSV file, one after the other; a name that ends in .gz is unpacked. Events
 * must be in the order of time.
 *
 * <p>Threading: confined to one thread. Lifecycle: holds the open file until {@link #close}.
 */
public final class EventFile implements Iterator<LabelledEvent>, AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final DigestInputStream content;
    private final CloseableIterator<CsvRecord> records;
    private final DateTimeFormatter timeFormat;
    private final EventShape shape;
    private final int idColumn;
    private final int timeColumn;
    private final int labelColumn;
    private final int[] keyColumns;
    private final int[] numberColumns;
    // Keys come back again and again; one string for each saves most of the memory of a long table.
    private final Map<String, String> knownKeys = new HashMap<>();
    private long lastTimeMillis = Long.MIN_VALUE;

    private EventFile(Path file, DigestInputStream content, EventColumns columns, EventShape shape) {
        this.file = file;
        this.content = content;
        this.shape = shape;
        this.timeFormat = DateTimeFormatter.ofPattern(columns.timePattern(), Locale.ROOT);
        this.records = CsvReader.builder()
                // A line that is too short is told by the column that is missing.
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(new InputStreamReader(content, StandardCharsets.UTF_8))
                .iterator();
        if (!records.hasNext()) {
            throw new IllegalArgumentException(file + " is empty: a header line is needed");
        }
        List<String> header = records.next().getFields();
        this.idColumn = column(header, columns.id());
        this.timeColumn = column(header, columns.time());
        this.labelColumn = column(header, columns.label());
        this.keyColumns = shape.keyFields().stream()
                .mapToInt(field -> column(header, columns.column(field)))
                .toArray();
        this.numberColumns = shape.numberFields().stream()
                .mapToInt(field -> column(header, columns.column(field)))
                .toArray();
    }

    /** Opens a file and reads its header. */
    public static EventFile open(Path file, EventColumns columns, EventShape shape) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
            return new EventFile(file, new DigestInputStream(plain, sha256()), columns, shape);
        } catch (IOException | RuntimeException failure) {
            bytes.close();
            throw failure;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException broken) {
            Throwable reason = broken.getCause() == null ? broken : broken.getCause();
            throw new IllegalArgumentException(file + ": " + broken.getMessage() + ": " + reason.getMessage(), broken);
        }
    }

    @Override
    public LabelledEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException(file + " has no more lines");
        }
        CsvRecord line = records.next();
        String[] keys = new String[keyColumns.length];
        Arrays.setAll(keys, index -> key(line, keyColumns[index]));
        double[] numbers = new double[numberColumns.length];
        Arrays.setAll(numbers, index -> number(line, index));
        Event event = new Event(text(line, idColumn), timeMillis(line), keys, numbers, null);
        return new LabelledEvent(event, label(line));
    }

    /** Lower-case hex of the SHA-256 of what was read so far, unpacked; that of the whole file once it is read. */
    public String sha256OfContent() {
        try {
            MessageDigest soFar = (MessageDigest) content.getMessageDigest().clone();
            return HexFormat.of().formatHex(soFar.digest());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("this JDK's SHA-256 cannot be copied", impossible);
        }
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot close " + file, failure);
        }
    }

    private int column(List<String> header, String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    file + " has no column '" + name + "'; it has " + header + ": name the right one");
        }
        return index;
    }

    private String text(CsvRecord line, int column) {
        if (column >= line.getFieldCount() || line.getField(column).isBlank()) {
            throw bad(line, "column " + (column + 1) + " is missing");
        }
        return line.getField(column);
    }

    private String key(CsvRecord line, int column) {
        String text = text(line, column);
        String known = knownKeys.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    private double number(CsvRecord line, int index) {
        String text = text(line, numberColumns[index]);
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, together with numbers that are not finite.
        }
        throw bad(line, shape.numberFields().get(index) + " must be a number, was '" + text + "'");
    }

    private long timeMillis(CsvRecord line) {
        String text = text(line, timeColumn);
        long timeMillis;
        try {
            timeMillis = LocalDateTime.parse(text, timeFormat)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException unreadable) {
            throw bad(line, "time '" + text + "' cannot be read: " + unreadable.getMessage());
        }
        if (timeMillis < lastTimeMillis) {
            throw bad(line, "time " + text + " is before the line above: sort the file by time");
        }
        lastTimeMillis = timeMillis;
        return timeMillis;
    }

    private boolean label(CsvRecord line) {
        String text = text(line, labelColumn);
        return switch (text) {
            case "0" -> false;
            case "1" -> true;
            default -> throw bad(line, "the label must be 0 or 1, was '" + text + "'");
        };
    }

    private IllegalArgumentException bad(CsvRecord line, String problem) {
        return new IllegalArgumentException(file + ":" + line.getStartingLineNumber() + ": " + problem);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
