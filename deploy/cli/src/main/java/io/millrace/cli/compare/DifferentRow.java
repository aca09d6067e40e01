package io.millrace.cli.compare;

/** A golden row with scored values that are not its, in the order of the golden columns. Threading: immutable. */
final class DifferentRow {
    private final String id;
    private final GoldenRow row;
    private final double[] scored;

    DifferentRow(String id, GoldenRow row, double[] scored) {
        this.id = id;
        this.row = row;
        this.scored = scored.clone();
    }

    String id() {
        return id;
    }

    GoldenRow row() {
        return row;
    }

    double golden(int column) {
        return row.value(column);
    }

    double scored(int column) {
        return scored[column];
    }
}
