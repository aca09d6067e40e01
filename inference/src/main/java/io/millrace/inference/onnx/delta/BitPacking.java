package io.millrace.inference.onnx.delta;

import java.io.EOFException;

/**
 * Small signed numbers side by side in bytes, lowest bits first, each in two's complement.
 *
 * <p>Threading: stateless.
 */
final class BitPacking {
    private BitPacking() {}

    /** How many bytes so many numbers take. */
    static int bytes(int count, int bits) {
        return Math.toIntExact(((long) count * bits + Byte.SIZE - 1) / Byte.SIZE);
    }

    static byte[] pack(byte[] numbers, int bits) {
        byte[] packed = new byte[bytes(numbers.length, bits)];
        int mask = (1 << bits) - 1;
        int kept = 0;
        int keptBits = 0;
        int at = 0;
        for (byte number : numbers) {
            kept |= (number & mask) << keptBits;
            keptBits += bits;
            while (keptBits >= Byte.SIZE) {
                packed[at++] = (byte) kept;
                kept >>>= Byte.SIZE;
                keptBits -= Byte.SIZE;
            }
        }
        if (keptBits > 0) {
            packed[at] = (byte) kept;
        }
        return packed;
    }

    static byte[] unpack(byte[] packed, int count, int bits) throws EOFException {
        if (packed.length != bytes(count, bits)) {
            throw new EOFException(count + " codes of " + bits + " bits do not fit into " + packed.length + " bytes");
        }
        byte[] numbers = new byte[count];
        int kept = 0;
        int keptBits = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            while (keptBits < bits) {
                kept |= (packed[at++] & 0xff) << keptBits;
                keptBits += Byte.SIZE;
            }
            // Up to the sign and back down again, so that it spreads.
            numbers[i] = (byte) (kept << (Integer.SIZE - bits) >> (Integer.SIZE - bits));
            kept >>>= bits;
            keptBits -= bits;
        }
        return numbers;
    }
}
