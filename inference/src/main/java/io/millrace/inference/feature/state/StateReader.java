package io.millrace.inference.feature.state;

/**
 * Reads what {@link StateWriter} wrote.
 *
 * <p>Threading: confined to one thread. Lifecycle: reused; {@link #reset} before each header.
 */
final class StateReader {
    private byte[] bytes = new byte[0];
    private int position;

    void reset(byte[] header) {
        bytes = header;
        position = 0;
    }

    int readByte() {
        return bytes[position++];
    }

    int readShort() {
        return (readByte() & 0xFF) << 8 | (readByte() & 0xFF);
    }

    long readLong() {
        long value = Binary.getLong(bytes, position);
        position += Long.BYTES;
        return value;
    }

    double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    long readCount() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    long readDifference() {
        long folded = readCount();
        return (folded >>> 1) ^ -(folded & 1);
    }

    void readBytes(byte[] target, int offset, int count) {
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
    }
}
