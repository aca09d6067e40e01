package io.millrace.inference.onnx.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.millrace.inference.onnx.proto.OnnxTensors;

/**
 * A matrix of floats as whole numbers from -127 to 127 and the scales that turn them back. A scale is the largest
 * absolute value of its column (or row) divided by 127, so zero stays zero and no value is cut off.
 *
 * <p>Threading: immutable.
 *
 * @param values int8, [rows, columns]
 * @param scales float32, [columns] or [rows, 1]
 */
record Int8Matrix(TensorProto values, TensorProto scales) {
    private static final int LARGEST = 127;

    /**
     * With one scale per column: what a product with the matrix needs.
     *
     * @param name that the names of the two tensors begin with
     * @param transposed whether the weights lie in the file with rows and columns exchanged
     */
    static Int8Matrix perColumn(String name, TensorProto weights, boolean transposed) throws NotQuantizableException {
        int height = length(weights, 0);
        int width = length(weights, 1);
        float[] floats = finite(weights);
        int columns = transposed ? height : width;
        float[] ordered = transposed ? transposed(floats, height, width) : floats;
        float[] scales = new float[columns];
        byte[] values = new byte[floats.length];
        for (int i = 0; i < ordered.length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(ordered[i]));
        }
        divide(scales);
        for (int i = 0; i < ordered.length; i++) {
            values[i] = rounded(ordered[i], scales[i % columns]);
        }
        return new Int8Matrix(
                OnnxTensors.bytes(name + ".int8", values, transposed ? width : height, columns),
                OnnxTensors.floats(name + ".scale", scales, columns));
    }

    /** With one scale per row: what a look-up of rows needs. */
    static Int8Matrix perRow(String name, TensorProto weights) throws NotQuantizableException {
        int rows = length(weights, 0);
        int columns = length(weights, 1);
        float[] floats = finite(weights);
        float[] scales = new float[rows];
        byte[] values = new byte[floats.length];
        for (int i = 0; i < floats.length; i++) {
            scales[i / columns] = Math.max(scales[i / columns], Math.abs(floats[i]));
        }
        divide(scales);
        for (int i = 0; i < floats.length; i++) {
            values[i] = rounded(floats[i], scales[i / columns]);
        }
        return new Int8Matrix(
                OnnxTensors.bytes(name + ".int8", values, rows, columns),
                OnnxTensors.floats(name + ".scale", scales, rows, 1));
    }

    private static void divide(float[] largest) {
        for (int i = 0; i < largest.length; i++) {
            largest[i] /= LARGEST;
        }
    }

    private static byte rounded(float number, float scale) {
        return scale == 0 ? 0 : (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(number / scale)));
    }

    private static float[] transposed(float[] floats, int height, int width) {
        float[] turned = new float[floats.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                turned[column * height + row] = floats[row * width + column];
            }
        }
        return turned;
    }

    private static int length(TensorProto weights, int dimension) {
        return Math.toIntExact(weights.getDims(dimension));
    }

    private static float[] finite(TensorProto weights) throws NotQuantizableException {
        float[] floats = OnnxTensors.floats(weights);
        for (float number : floats) {
            if (!Float.isFinite(number)) {
                throw new NotQuantizableException("weights '" + weights.getName() + "' hold " + number
                        + ": the model is broken in float32 already, train it again");
            }
        }
        return floats;
    }
}
