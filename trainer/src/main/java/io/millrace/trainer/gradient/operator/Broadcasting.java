package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** ONNX's rule of shapes that fit each other: from the back, lengths are equal or one of them is 1. */
final class Broadcasting {
    private Broadcasting() {}

    static long[] common(long[] left, long[] right) {
        int rank = Math.max(left.length, right.length);
        long[] common = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long a = i > left.length ? 1 : left[left.length - i];
            long b = i > right.length ? 1 : right[right.length - i];
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException(
                        "shapes " + Arrays.toString(left) + " and " + Arrays.toString(right) + " do not fit");
            }
            common[rank - i] = a == 1 ? b : a;
        }
        return common;
    }

    static NDArray to(NDArray array, long[] shape) {
        return array.broadcast(new Shape(shape));
    }
}
