package io.millrace.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is after so many labels of a new domain. Threading: immutable.
 *
 * @param labels how many were given
 * @param verdict what the gate said of the candidate; "before" of the first model
 * @param accuracy on texts of the new domain of which no label was given
 * @param balancedAccuracy on these, the mean over the two classes
 * @param floorAccuracy on the examples of the first domain that travel with the model
 * @param oldAccuracy on texts of the first domain that had no part in anything; null without such
 * @param oldBalancedAccuracy on these; null without such
 * @param reasons why the gate refused
 */
public record AdaptationLine(
        int labels,
        String verdict,
        double accuracy,
        double balancedAccuracy,
        double floorAccuracy,
        @Nullable Double oldAccuracy,
        @Nullable Double oldBalancedAccuracy,
        List<String> reasons) {}
