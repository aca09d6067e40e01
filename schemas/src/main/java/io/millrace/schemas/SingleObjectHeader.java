package io.millrace.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first ten bytes of a record in Avro's single-object encoding: {@code C3 01}, then the CRC-64-AVRO fingerprint of
 * the writer's schema, little-endian.
 *
 * <p>Threading: stateless.
 */
public final class SingleObjectHeader {
    /** In bytes; the body begins here. */
    public static final int LENGTH = 10;

    private static final byte MAGIC_FIRST = (byte) 0xC3;
    private static final byte MAGIC_SECOND = 0x01;
    private static final int FINGERPRINT_OFFSET = 2;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SingleObjectHeader() {}

    /** Whether the bytes begin with a whole header. */
    public static boolean isPresent(byte[] bytes) {
        return bytes.length >= LENGTH && bytes[0] == MAGIC_FIRST && bytes[1] == MAGIC_SECOND;
    }

    /** The fingerprint of the writer's schema, of bytes in which a header {@link #isPresent}. */
    public static long fingerprint(byte[] bytes) {
        return (long) LONG.get(bytes, FINGERPRINT_OFFSET);
    }

    /** Why no header is present, in words that say what to do. */
    public static String problem(byte[] bytes) {
        if (bytes.length < LENGTH) {
            return "only " + bytes.length + " bytes, fewer than the " + LENGTH
                    + " of a single-object header (C3 01 and a fingerprint): the record is cut off or no Avro";
        }
        String hint = bytes[0] == 0
                ? "this looks like the wire format of a schema registry, which is another format than Avro single-object"
                : "write records in Avro's single-object encoding (BinaryMessageEncoder)";
        return "begins with %02X %02X, not with C3 01: %s".formatted(bytes[0], bytes[1], hint);
    }

    /** A fingerprint as people and tools write it. */
    public static String text(long fingerprint) {
        return "%016x".formatted(fingerprint);
    }

    static byte[] of(long fingerprint) {
        byte[] header = new byte[LENGTH];
        header[0] = MAGIC_FIRST;
        header[1] = MAGIC_SECOND;
        LONG.set(header, FINGERPRINT_OFFSET, fingerprint);
        return header;
    }
}
