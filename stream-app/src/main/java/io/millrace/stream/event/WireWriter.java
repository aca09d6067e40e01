package io.millrace.stream.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends little-endian primitives to a growing array.
 *
 * <p>Threading: confined to one thread; made anew for each record.
 */
public final class WireWriter {
    private byte[] bytes;
    private int length;

    public WireWriter(int expected) {
        this.bytes = new byte[expected];
    }

    public WireWriter putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public WireWriter putInt(int value) {
        ensure(Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    public WireWriter putLong(long value) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    public WireWriter putDouble(double value) {
        return putLong(Double.doubleToRawLongBits(value));
    }

    public WireWriter putFloat(float value) {
        return putInt(Float.floatToRawIntBits(value));
    }

    public WireWriter putBytes(byte @Nullable [] value) {
        if (value == null) {
            return putInt(-1);
        }
        putInt(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public WireWriter putString(@Nullable String value) {
        return putBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
