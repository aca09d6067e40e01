package io.millrace.trainer.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate asked and found: a candidate is accepted when it passed every check.
 *
 * <p>Threading: immutable.
 *
 * @param checks in the order in which they were made; after a fatal one, no further ones are made
 */
public record GateReport(List<Check> checks) {
    public GateReport {
        checks = List.copyOf(checks);
    }

    /** Whether the candidate may replace the champion. */
    public boolean accepted() {
        return checks.stream().allMatch(Check::passed);
    }

    /** Whether a check was made and passed. */
    public boolean passed(String name) {
        return checks.stream().anyMatch(check -> check.name().equals(name) && check.passed());
    }

    /** Why not: a sentence for each check that the candidate did not pass. */
    public List<String> reasons() {
        return checks.stream()
                .filter(check -> !check.passed())
                .map(Check::sentence)
                .toList();
    }

    /** Every finite number that was compared, as {@code check/champion}, {@code check/candidate} and {@code check/bound}. */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Check check : checks) {
            put(numbers, check.name() + "/champion", check.champion());
            put(numbers, check.name() + "/candidate", check.candidate());
            put(numbers, check.name() + "/bound", check.bound());
        }
        return numbers;
    }

    private static void put(Map<String, Double> numbers, String key, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            numbers.put(key, value);
        }
    }
}
