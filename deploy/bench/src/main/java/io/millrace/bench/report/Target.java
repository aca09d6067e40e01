package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A level that a figure has to reach.
 *
 * <p>Threading: immutable.
 *
 * @param figure what it is
 * @param bound whether more is better or less
 * @param level to be reached
 * @param unit behind the numbers; empty for a ratio
 * @param file whose result has the figure
 * @param found takes it out of that result
 */
record Target(
        String figure, Bound bound, double level, String unit, String file, Function<JsonNode, OptionalDouble> found) {

    /** Which side of the level is the good one. */
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    boolean isMet(double value) {
        return switch (bound) {
            case AT_LEAST -> value >= level;
            case AT_MOST -> value <= level;
        };
    }
}
