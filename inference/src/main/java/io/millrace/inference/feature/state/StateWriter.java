package io.millrace.inference.feature.state;

import java.util.Arrays;

/**
 * Writes the header of a key's state: small numbers take few bytes.
 *
 * <p>Threading: confined to one thread. Lifecycle: reused; {@link #reset} before each header.
 */
final class StateWriter {
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[512];
    private int length;

    void reset() {
        length = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void writeShort(int value) {
        writeByte(value >> 8);
        writeByte(value);
    }

    void writeLong(long value) {
        ensure(Long.BYTES);
        Binary.putLong(bytes, length, value);
        length += Long.BYTES;
    }

    void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** A number that is mostly small and not negative. */
    void writeCount(long value) {
        ensure(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number that is mostly close to zero. */
    void writeDifference(long value) {
        writeCount((value << 1) ^ (value >> 63));
    }

    void writeBytes(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
