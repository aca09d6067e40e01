package io.millrace.trainer.gradient.graph;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What flows along an edge of a graph: integers that shapes are computed from, in the Java heap, or a tensor.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays. Lifecycle: a tensor belongs to its manager.
 */
public sealed interface Value {

    /** Length of each dimension. */
    long[] shape();

    default int rank() {
        return shape().length;
    }

    /**
     * Integers or truths (0 and 1) in the heap.
     *
     * @param elements in row-major order
     */
    @SuppressWarnings("ArrayRecordComponent") // small, handed from node to node, never compared
    record Integers(long[] elements, long[] shape) implements Value {
        public static Integers scalar(long element) {
            return new Integers(new long[] {element}, new long[0]);
        }

        public static Integers vector(long... elements) {
            return new Integers(elements, new long[] {elements.length});
        }

        /** The same elements in another shape. */
        public Integers in(long... newShape) {
            return new Integers(elements, newShape);
        }

        @Override
        public String toString() {
            return "integers " + Arrays.toString(shape);
        }
    }

    /**
     * A tensor.
     *
     * @param known the only element of a constant, where it is one; it spares asking the tensor
     */
    record Tensor(NDArray array, @Nullable Float known) implements Value {
        public Tensor(NDArray array) {
            this(array, null);
        }

        @Override
        public long[] shape() {
            return array.getShape().getShape();
        }

        @Override
        public String toString() {
            return "tensor " + Arrays.toString(shape());
        }
    }
}
