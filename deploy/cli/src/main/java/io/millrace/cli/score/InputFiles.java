package io.millrace.cli.score;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Opens inputs: CSV with a header line, or JSON lines, plain or gzipped; a dash is standard input. */
public final class InputFiles {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int GZIP_MAGIC = 0x1f8b;

    private InputFiles() {}

    /**
     * Opens an input.
     *
     * @param labelColumn the column, or the field of a JSON line, that holds the label; null when none is wanted
     */
    static InputRows open(String input, @Nullable String labelColumn) throws IOException {
        InputStream bytes = bytes(input);
        try {
            return isJson(bytes) ? new JsonLineRows(bytes, labelColumn) : new CsvRows(input, bytes, labelColumn);
        } catch (IOException | RuntimeException e) {
            release(bytes);
            throw e;
        }
    }

    /** The bytes of a file or of standard input, unzipped where they are gzipped. */
    public static InputStream bytes(String input) throws IOException {
        InputStream raw = raw(input);
        try {
            return unzipped(raw);
        } catch (IOException | RuntimeException e) {
            release(raw);
            throw e;
        }
    }

    private static void release(InputStream opened) throws IOException {
        if (opened != System.in) {
            opened.close();
        }
    }

    private static InputStream raw(String input) throws IOException {
        if (input.equals("-")) {
            return System.in;
        }
        Path file = Path.of(input);
        if (!Files.isReadable(file)) {
            throw new NoSuchFileException(input);
        }
        return Files.newInputStream(file);
    }

    private static InputStream unzipped(InputStream raw) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
        buffered.mark(2);
        int magic = (buffered.read() << 8) | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC
                ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER_BYTES), BUFFER_BYTES)
                : buffered;
    }

    private static boolean isJson(InputStream bytes) throws IOException {
        bytes.mark(1);
        int first = bytes.read();
        bytes.reset();
        return first == '{';
    }
}
