package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import io.millrace.trainer.gradient.graph.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Rows picked by number: an embedding, a shape's length, the first token of each text. */
final class Gathering {
    private Gathering() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Gather", (attributes, set) -> {
            long axis = attributes.integer("axis", 0);
            return Operator.giving(operands -> gather(operands, Operands.axis(axis, operands.rank(0))));
        });
    }

    private static Value gather(Operands operands, int axis) {
        Value.Integers numbers = operands.inHeap(1);
        Value.Integers data = operands.inHeap(0);
        if (numbers != null) {
            numbers = fromFront(numbers, operands.value(0).shape()[axis]);
            if (data != null && data.rank() == 1) {
                long[] elements = data.elements();
                return new Value.Integers(
                        Arrays.stream(numbers.elements())
                                .map(number -> elements[(int) number])
                                .toArray(),
                        numbers.shape());
            }
            if (numbers.rank() == 0) {
                long number = numbers.elements()[0];
                return new Value.Tensor(Pieces.narrow(operands, operands.tensor(0), axis, number, number + 1)
                        .squeeze(axis));
            }
        }
        NDArray wanted = numbers == null ? operands.tensor(1) : operands.tensor(numbers);
        return new Value.Tensor(rows(operands.tensor(0), axis, wanted));
    }

    private static Value.Integers fromFront(Value.Integers numbers, long length) {
        return new Value.Integers(
                Arrays.stream(numbers.elements())
                        .map(number -> number < 0 ? number + length : number)
                        .toArray(),
                numbers.shape());
    }

    /** Brings the axis to the front, picks rows, and brings the axis back to its place. */
    private static NDArray rows(NDArray data, int axis, NDArray wanted) {
        int rank = data.getShape().dimension();
        int[] toFront = IntStream.concat(
                        IntStream.of(axis), IntStream.range(0, rank).filter(i -> i != axis))
                .toArray();
        NDArray front = axis == 0 ? data : data.transpose(toFront);
        long[] shape = front.getShape().getShape();
        long[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        NDArray matrix = rank == 2
                ? front
                : front.reshape(new Shape(shape[0], Arrays.stream(rest).reduce(1, (a, b) -> a * b)));
        NDArray picked = matrix.getNDArrayInternal()
                .embedding(wanted, matrix, SparseFormat.DENSE)
                .get(0);
        long[] numbers = wanted.getShape().getShape();
        NDArray shaped = picked.reshape(new Shape(
                LongStream.concat(Arrays.stream(numbers), Arrays.stream(rest)).toArray()));
        if (axis == 0) {
            return shaped;
        }
        // Now the picked numbers' axes are in front; what was before the axis goes before them.
        int[] back = IntStream.concat(
                        IntStream.concat(
                                IntStream.range(numbers.length, numbers.length + axis),
                                IntStream.range(0, numbers.length)),
                        IntStream.range(numbers.length + axis, numbers.length + rest.length))
                .toArray();
        return shaped.transpose(back);
    }
}
