package io.millrace.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a shape, in the Java heap: what goes into a graph of any signature and comes out of it.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param floats float32 elements in row-major order; null in a tensor of integers
 * @param integers int64 elements in row-major order; null in a tensor of floats
 */
@SuppressWarnings("ArrayRecordComponent") // handed from graph to graph, never compared
public record HostTensor(float @Nullable [] floats, long @Nullable [] integers, long[] shape) {

    public HostTensor {
        if ((floats == null) == (integers == null)) {
            throw new IllegalArgumentException("a tensor has either floats or integers");
        }
        long expected = 1;
        for (long length : shape) {
            expected = Math.multiplyExact(expected, length);
        }
        int actual = floats != null ? floats.length : integers == null ? 0 : integers.length;
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " has " + expected + " elements, not " + actual);
        }
    }

    public static HostTensor of(float[] elements, long... shape) {
        return new HostTensor(elements, null, shape);
    }

    public static HostTensor of(long[] elements, long... shape) {
        return new HostTensor(null, elements, shape);
    }

    /**
     * The elements of a tensor of floats.
     *
     * @throws IllegalStateException if it is one of integers
     */
    public float[] requireFloats() {
        if (floats == null) {
            throw new IllegalStateException("a tensor of integers where floats are expected");
        }
        return floats;
    }

    OnnxTensor toOnnx() throws OrtException {
        if (floats != null) {
            return OnnxTensor.createTensor(OrtRuntime.environment(), FloatBuffer.wrap(floats), shape);
        }
        return OnnxTensor.createTensor(OrtRuntime.environment(), LongBuffer.wrap(integers), shape);
    }
}
