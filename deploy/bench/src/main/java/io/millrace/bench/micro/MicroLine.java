package io.millrace.bench.micro;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one benchmark found.
 *
 * @param name class and method, as in {@code BatchFill.row}
 * @param parameters by name; empty without any
 * @param nanosPerOp mean time of one operation
 * @param error half of the 99.9 % confidence interval, in nanoseconds; null if there were too few iterations
 * @param nanosPerRow the time of one operation divided by its rows; null where it has none
 */
public record MicroLine(
        String name,
        Map<String, String> parameters,
        double nanosPerOp,
        @Nullable Double error,
        @Nullable Double nanosPerRow) {

    /** Takes the rows from the parameter of that name; an error that is NaN is none. */
    static MicroLine of(String name, Map<String, String> parameters, double nanosPerOp, double error) {
        String rows = parameters.get("rows");
        return new MicroLine(
                name,
                parameters,
                nanosPerOp,
                Double.isNaN(error) ? null : error,
                rows == null ? null : nanosPerOp / Integer.parseInt(rows));
    }
}
