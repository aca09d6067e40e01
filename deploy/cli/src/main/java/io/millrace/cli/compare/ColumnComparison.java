package io.millrace.cli.compare;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How one column of the golden file compares with the feature of its name. Threading: immutable.
 *
 * @param exact whether the values must be equal, since all golden ones are whole numbers; others may differ by
 *     {@value FeatureComparison#RELATIVE_TOLERANCE} of themselves, and by {@value FeatureComparison#NEGLIGIBLE}
 * @param different in how many rows it differs, ties aside
 * @param differentTies in how many ties it differs
 * @param worstRelativeDifference over all rows but ties that differ; infinite where the feature is missing
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ColumnComparison(
        String column, boolean exact, int different, int differentTies, double worstRelativeDifference) {}
