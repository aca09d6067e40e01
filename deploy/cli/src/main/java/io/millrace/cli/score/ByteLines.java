package io.millrace.cli.score;

import io.millrace.cli.output.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an input as bytes, so that what is no UTF-8 stays as it is. Lines end with a line feed, or with a
 * carriage return before it; a byte order mark at the beginning is left out.
 *
 * <p>Threading: confined to one thread. Lifecycle: the input is the caller's to close.
 */
final class ByteLines {
    /** A text may grow sixfold as JSON, and a record may have 16 MiB. */
    private static final int MAX_LINE_BYTES = 2 * 1024 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String input;
    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private long number;

    /** Names the input for messages. */
    ByteLines(String input, InputStream bytes) {
        this.input = input;
        this.bytes = bytes;
    }

    /** The next line without its end, null after the last. */
    byte @Nullable [] next() throws IOException {
        int read = bytes.read();
        if (read < 0) {
            return null;
        }
        number++;
        line.reset();
        for (; read >= 0 && read != '\n'; read = bytes.read()) {
            if (line.size() == MAX_LINE_BYTES) {
                throw new FailedException("line " + number + " of " + input + " is longer than "
                        + MAX_LINE_BYTES / (1024 * 1024) + " MiB, more than a record may hold: split it or leave it"
                        + " out");
            }
            line.write(read);
        }
        return withoutMarks(line.toByteArray());
    }

    private byte[] withoutMarks(byte[] whole) {
        int from = number == 1 && startsWithMark(whole) ? BYTE_ORDER_MARK.length : 0;
        int to = whole.length > from && whole[whole.length - 1] == '\r' ? whole.length - 1 : whole.length;
        return from == 0 && to == whole.length ? whole : Arrays.copyOfRange(whole, from, to);
    }

    private static boolean startsWithMark(byte[] whole) {
        return whole.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(whole, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** The number of the line that came last, from 1. */
    long number() {
        return number;
    }
}
