package io.millrace.trainer.gradient.operator;

import io.millrace.trainer.gradient.graph.Attributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Axes of length one, put in and taken out; they are named by an attribute or, since operator set 13, by an input. */
final class Axes {
    private Axes() {}

    static void addTo(Map<String, OperatorFactory> table) {
        table.put("Unsqueeze", (attributes, set) -> unsqueeze(attributes));
        table.put("Squeeze", (attributes, set) -> squeeze(attributes));
    }

    private static Operator unsqueeze(Attributes attributes) {
        long[] fixed = attributes.integers("axes");
        return Operator.giving(operands -> {
            long[] before = operands.value(0).shape();
            long[] wanted = named(operands, fixed);
            int rank = before.length + wanted.length;
            long[] shape = new long[rank];
            for (int axis : Operands.axes(wanted, rank)) {
                shape[axis] = 1;
            }
            int next = 0;
            for (int i = 0; i < rank; i++) {
                if (shape[i] == 0) {
                    shape[i] = before[next++];
                }
            }
            return Shapes.reshape(operands, shape);
        });
    }

    private static Operator squeeze(Attributes attributes) {
        long[] fixed = attributes.integers("axes");
        return Operator.giving(operands -> {
            long[] before = operands.value(0).shape();
            Set<Integer> dropped = new HashSet<>();
            if (fixed != null || operands.has(1)) {
                Arrays.stream(Operands.axes(named(operands, fixed), before.length))
                        .forEach(dropped::add);
            } else {
                for (int i = 0; i < before.length; i++) {
                    if (before[i] == 1) {
                        dropped.add(i);
                    }
                }
            }
            long[] shape = LongStream.range(0, before.length)
                    .filter(i -> !dropped.contains((int) i))
                    .map(i -> before[(int) i])
                    .toArray();
            return Shapes.reshape(operands, shape);
        });
    }

    private static long[] named(Operands operands, long @Nullable [] fixed) {
        return fixed != null ? fixed : operands.integers(1);
    }
}
