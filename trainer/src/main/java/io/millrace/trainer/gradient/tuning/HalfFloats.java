package io.millrace.trainer.gradient.tuning;

/**
 * Floats in 16 bits (IEEE 754 binary16), rounded to the nearest, ties to even; what is too large becomes the largest.
 *
 * <p>Threading: stateless.
 */
public final class HalfFloats {
    private static final float[] VALUES = values();
    private static final int LARGEST = 0x7bff;

    private HalfFloats() {}

    public static float toFloat(short half) {
        return VALUES[half & 0xffff];
    }

    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        int exponent = (magnitude >>> 23) - 112;
        int half;
        if (exponent >= 31) {
            half = LARGEST;
        } else if (exponent > 0) {
            half = Math.min(LARGEST, roundedShift(magnitude - (112 << 23), 13));
        } else if (exponent < -10) {
            half = 0;
        } else {
            half = roundedShift((magnitude & 0x7fffff) | 0x800000, 14 - exponent);
        }
        return (short) (sign | half);
    }

    private static int roundedShift(int bits, int shift) {
        int down = bits >>> shift;
        int rest = bits & ((1 << shift) - 1);
        int middle = 1 << (shift - 1);
        return rest > middle || (rest == middle && (down & 1) == 1) ? down + 1 : down;
    }

    private static float[] values() {
        float[] values = new float[1 << 16];
        for (int bits = 0; bits < values.length; bits++) {
            int exponent = (bits >> 10) & 31;
            int fraction = bits & 1023;
            double magnitude = exponent == 0
                    ? Math.scalb((double) fraction, -24)
                    : exponent == 31
                            ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                            : Math.scalb(1024.0 + fraction, exponent - 25);
            values[bits] = (float) (bits >= 1 << 15 ? -magnitude : magnitude);
        }
        return values;
    }
}
