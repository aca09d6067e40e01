package io.millrace.stream.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireWriter} wrote.
 *
 * <p>Threading: confined to one thread. Errors: bytes that end early throw {@link IndexOutOfBoundsException}.
 */
public final class WireReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;

    public WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int nextByte() {
        return bytes[position++];
    }

    public int nextInt() {
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long nextLong() {
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public double nextDouble() {
        return Double.longBitsToDouble(nextLong());
    }

    public float nextFloat() {
        return Float.intBitsToFloat(nextInt());
    }

    public byte @Nullable [] nextBytes() {
        int size = nextInt();
        if (size < 0) {
            return null;
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + size);
        position += size;
        return value;
    }

    @Nullable
    public String nextStringOrNull() {
        int size = nextInt();
        if (size < 0) {
            return null;
        }
        String value = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return value;
    }

    /** Passes over a string. */
    public void skipString() {
        int size = nextInt();
        position += Math.max(0, size);
    }

    public String nextString() {
        String value = nextStringOrNull();
        if (value == null) {
            throw new IllegalStateException("a string that must be there is absent");
        }
        return value;
    }
}
