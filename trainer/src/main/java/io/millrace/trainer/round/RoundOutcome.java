package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.gate.GateReport;
import org.jspecify.annotations.Nullable;

/**
 * How a round ended.
 *
 * <p>Threading: immutable.
 */
public sealed interface RoundOutcome {

    /** How many examples the round used for what. */
    RoundCounts counts();

    /**
     * The candidate is better.
     *
     * @param bundle complete, ready for publication as the next version
     */
    record Accepted(Bundle bundle, GateReport gate, RoundCounts counts) implements RoundOutcome {}

    /**
     * The candidate is not good enough.
     *
     * @param bundle what would have been published; null when it could not even be loaded
     */
    record Refused(@Nullable Bundle bundle, GateReport gate, RoundCounts counts) implements RoundOutcome {}

    /**
     * There is too little to learn from yet.
     *
     * @param reason a sentence with the numbers
     */
    record Postponed(String reason, RoundCounts counts) implements RoundOutcome {}
}
