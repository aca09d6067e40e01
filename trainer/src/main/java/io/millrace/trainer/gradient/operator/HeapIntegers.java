package io.millrace.trainer.gradient.operator;

import io.millrace.trainer.gradient.graph.Value;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/** Arithmetic of shapes, in the heap. */
final class HeapIntegers {
    private HeapIntegers() {}

    /** Whether they are of one shape, or one of them is a single number. */
    static boolean canCombine(Value.Integers left, Value.Integers right) {
        return Arrays.equals(left.shape(), right.shape())
                || left.elements().length == 1
                || right.elements().length == 1;
    }

    static Value.Integers combine(Value.Integers left, Value.Integers right, LongBinaryOperator operator) {
        long[] some = left.elements();
        long[] others = right.elements();
        // An empty operand makes the result empty, whatever the other one is.
        int count = some.length == 0 || others.length == 0 ? 0 : Math.max(some.length, others.length);
        long[] combined = new long[count];
        for (int i = 0; i < count; i++) {
            combined[i] = operator.applyAsLong(some[some.length == 1 ? 0 : i], others[others.length == 1 ? 0 : i]);
        }
        return new Value.Integers(combined, Broadcasting.common(left.shape(), right.shape()));
    }
}
