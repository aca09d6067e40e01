package io.millrace.cli.compare;

import io.millrace.cli.compare.ComparisonReport.Example;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws up the report once all scores are read, and tells ties from other differences.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC.
 */
final class ReportWriter {
    private static final int MOST_EXAMPLES = 10;

    /** Where events of one customer may meet. */
    private record Moment(String customer, long timeMillis) {
        private static Moment of(GoldenRow row) {
            return new Moment(row.customer(), row.timeMillis());
        }
    }

    private final GoldenFile golden;
    private final int[] compared;
    private final double[] worstOfEqual;
    private final Collection<DifferentRow> different;
    private final Set<String> ties;

    ReportWriter(GoldenFile golden, int[] compared, double[] worstOfEqual, Map<String, DifferentRow> different) {
        this.golden = golden;
        this.compared = compared;
        this.worstOfEqual = worstOfEqual;
        this.different = different.values();
        this.ties = ties();
    }

    private Set<String> ties() {
        Map<Moment, Integer> events = new HashMap<>();
        different.forEach(one -> events.put(Moment.of(one.row()), 0));
        for (GoldenRow row : golden.rows()) {
            if (row.timesFound() > 0) {
                events.computeIfPresent(Moment.of(row), (moment, count) -> count + 1);
            }
        }
        return different.stream()
                .filter(one -> events.getOrDefault(Moment.of(one.row()), 0) > 1)
                .map(DifferentRow::id)
                .collect(Collectors.toSet());
    }

    ComparisonReport report(long lines) {
        int rows = golden.rows().size();
        int found = rowsFoundMoreThan(0);
        return new ComparisonReport(
                lines,
                rows,
                found,
                rows - found,
                rowsFoundMoreThan(1),
                found - different.size(),
                different.size(),
                ties.size(),
                IntStream.of(compared).mapToObj(this::column).toList(),
                notCompared(),
                different.stream()
                        .sorted(Comparator.comparing(this::isTie))
                        .limit(MOST_EXAMPLES)
                        .map(this::example)
                        .toList());
    }

    private int rowsFoundMoreThan(int times) {
        return (int)
                golden.rows().stream().filter(row -> row.timesFound() > times).count();
    }

    private boolean isTie(DifferentRow one) {
        return ties.contains(one.id());
    }

    private boolean isDifferent(DifferentRow one, int column) {
        return FeatureComparison.isDifferent(golden, column, one.golden(column), one.scored(column));
    }

    private ColumnComparison column(int column) {
        int others = 0;
        int tied = 0;
        double worst = worstOfEqual[column];
        for (DifferentRow one : different) {
            int count = isDifferent(one, column) ? 1 : 0;
            if (isTie(one)) {
                tied += count;
            } else {
                others += count;
                double difference =
                        FeatureComparison.relativeDifference(golden, column, one.golden(column), one.scored(column));
                worst = Math.max(worst, difference);
            }
        }
        return new ColumnComparison(golden.columns().get(column), golden.isWhole(column), others, tied, worst);
    }

    private Example example(DifferentRow one) {
        int column = IntStream.of(compared)
                .filter(place -> isDifferent(one, place))
                .findFirst()
                .orElseThrow();
        return new Example(one.id(), isTie(one), golden.columns().get(column), one.golden(column), one.scored(column));
    }

    private List<String> notCompared() {
        return IntStream.range(0, golden.columns().size())
                .filter(column -> IntStream.of(compared).noneMatch(place -> place == column))
                .mapToObj(golden.columns()::get)
                .filter(name -> !name.equals(GoldenFile.ID))
                .toList();
    }
}
