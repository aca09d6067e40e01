package io.millrace.cli.score;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens inputs: CSV with a header line, JSON lines, or texts, plain or gzipped; a dash is standard input. Threading:
 * stateless.
 */
public final class InputFiles {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int SNIFFED_BYTES = 64;
    private static final Pattern JSON_BEGINS = Pattern.compile("\\{\\s*[\"}]");

    private InputFiles() {}

    /**
     * Opens an input.
     *
     * @param labelColumn the column, or the field of a JSON line, that holds the label; null when none is wanted
     * @param texts how the input's texts become records; null for rows of fields
     */
    static InputRows open(String input, @Nullable String labelColumn, @Nullable TextLayout texts) throws IOException {
        InputStream bytes = bytes(input);
        try {
            if (texts != null) {
                return !texts.tabSeparated() && isJsonWithNames(bytes)
                        ? new TextJsonRows(input, bytes, texts, labelColumn)
                        : new TextRows(input, bytes, texts);
            }
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

    /** A text may begin with a brace too, but hardly with a name in quotes after it. */
    private static boolean isJsonWithNames(InputStream bytes) throws IOException {
        bytes.mark(SNIFFED_BYTES);
        byte[] begin = new byte[SNIFFED_BYTES];
        int length = Math.max(0, bytes.read(begin));
        bytes.reset();
        return JSON_BEGINS
                .matcher(new String(begin, 0, length, StandardCharsets.ISO_8859_1))
                .lookingAt();
    }
}
