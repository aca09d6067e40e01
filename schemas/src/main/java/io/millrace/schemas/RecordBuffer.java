package io.millrace.schemas;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes of the record being written, in an array that is kept from one record to the next.
 *
 * <p>Threading: confined to one thread, hence without the locks of {@link java.io.ByteArrayOutputStream}.
 */
final class RecordBuffer extends OutputStream {
    private static final int INITIAL_BYTES = 512;
    /** One huge record must not hold its memory for the life of a thread. */
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;

    void startWith(byte[] header) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        size = 0;
        write(header, 0, header.length);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void write(int oneByte) {
        ensureRoomFor(1);
        bytes[size++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensureRoomFor(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void ensureRoomFor(int length) {
        int needed = Math.addExact(size, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
