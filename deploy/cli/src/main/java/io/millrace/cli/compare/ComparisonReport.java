package io.millrace.cli.compare;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What a comparison found. Threading: immutable.
 *
 * @param scores lines read, those of events outside the golden file too
 * @param golden rows of the golden file: found or missing
 * @param repeated of the found rows, those that were scored more than once
 * @param equal found rows whose compared columns all agree, in each of their scores
 * @param different found rows that are not equal
 * @param ties of the different rows, those of a customer with another event at the same time: which of the two came first
 *     is then a matter of the input's order
 * @param notCompared columns of the golden file that the scores have no feature for
 * @param examples the first rows that differ, ties after the others
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ComparisonReport(
        long scores,
        int golden,
        int found,
        int missing,
        int repeated,
        int equal,
        int different,
        int ties,
        List<ColumnComparison> columns,
        List<String> notCompared,
        List<Example> examples) {

    /** The first value of a row that differs. */
    public record Example(String id, boolean tie, String column, double golden, double scored) {}

    /** Whether every row was found and only ties differ. */
    public boolean isAgreed() {
        return missing == 0 && different == ties;
    }
}
