package io.millrace.trainer.gradient.operator;

import ai.djl.ndarray.NDArray;
import io.millrace.trainer.gradient.graph.Attributes;
import io.millrace.trainer.learn.LearningException;
import java.util.Map;
import java.util.stream.LongStream;

/** Many elements made one along some axes. */
final class Reductions {

    @FunctionalInterface
    private interface AlongOne {
        NDArray apply(NDArray array, int[] axis);
    }

    private Reductions() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("ReduceMean", (attributes, set) -> reduce(attributes, (x, axis) -> x.mean(axis, true)));
        table.put("ReduceSum", (attributes, set) -> reduce(attributes, (x, axis) -> x.sum(axis, true)));
        table.put("ReduceMax", (attributes, set) -> reduce(attributes, (x, axis) -> x.max(axis, true)));
        table.put("ReduceMin", (attributes, set) -> reduce(attributes, (x, axis) -> x.min(axis, true)));
        table.put("CumSum", (attributes, set) -> {
            attributes.requireInteger("exclusive", 0, 0).requireInteger("reverse", 0, 0);
            return Operator.tensor(
                    operands -> operands.tensor(0).cumSum(Operands.axis(operands.integers(1)[0], operands.rank(0))));
        });
    }

    /** The engine's reductions know one axis at a time, so they are taken one after the other. */
    private static Operator reduce(Attributes attributes, AlongOne reduction) throws LearningException {
        long[] fixedAxes = attributes.integers("axes");
        boolean keep = attributes.integer("keepdims", 1) != 0;
        attributes.requireInteger("noop_with_empty_axes", 0, 0);
        return Operator.tensor(operands -> {
            int rank = operands.rank(0);
            long[] wanted = fixedAxes != null ? fixedAxes : operands.has(1) ? operands.integers(1) : new long[0];
            int[] axes =
                    Operands.axes(wanted.length == 0 ? LongStream.range(0, rank).toArray() : wanted, rank);
            NDArray x = operands.tensor(0);
            for (int axis : axes) {
                x = reduction.apply(x, new int[] {axis});
            }
            return keep ? x : x.squeeze(axes);
        });
    }
}
