package io.millrace.bench;

import java.util.List;

/**
 * What a number was in several rounds.
 *
 * @param median the middle one; of an even count, the upper of the two in the middle
 */
public record Spread(double lowest, double median, double highest) {

    /** Of at least one round. */
    public static Spread of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        return new Spread(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
