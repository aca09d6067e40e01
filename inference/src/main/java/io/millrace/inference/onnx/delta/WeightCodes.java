package io.millrace.inference.onnx.delta;

/**
 * Numbers of a matrix as small whole multiples of a scale that each row has for itself. Decoding is a float32
 * multiplication per number, so it gives the same on every machine.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays.
 *
 * @param scales one per row
 * @param codes the multiples in row-major order, each within ±(2^(bits−1) − 1)
 */
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
record WeightCodes(float[] scales, byte[] codes) {
    /** Tried as the largest multiple that can be written, as shares of the row's largest number. */
    private static final double[] CLIPS = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4};

    /** Codes with the least squared error. */
    static WeightCodes of(float[] numbers, int rows, int bits) {
        int columns = numbers.length / rows;
        int most = most(bits);
        float[] scales = new float[rows];
        byte[] codes = new byte[numbers.length];
        for (int row = 0; row < rows; row++) {
            float scale = scale(numbers, row * columns, columns, most);
            scales[row] = scale;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                codes[i] = (byte) code(numbers[i], scale, most);
            }
        }
        return new WeightCodes(scales, codes);
    }

    /** The number that stands at a place. */
    float number(int place, int columns) {
        return scales[place / columns] * codes[place];
    }

    static int most(int bits) {
        return (1 << (bits - 1)) - 1;
    }

    private static float scale(float[] numbers, int start, int columns, int most) {
        float largest = 0;
        for (int i = start; i < start + columns; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        float best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double clip : CLIPS) {
            float scale = (float) (largest * clip / most);
            double error = 0;
            for (int i = start; i < start + columns; i++) {
                double miss = numbers[i] - (double) scale * code(numbers[i], scale, most);
                error += miss * miss;
            }
            if (error < least) {
                least = error;
                best = scale;
            }
        }
        return best;
    }

    private static int code(float number, float scale, int most) {
        return scale == 0 ? 0 : Math.max(-most, Math.min(most, Math.round(number / scale)));
    }
}
