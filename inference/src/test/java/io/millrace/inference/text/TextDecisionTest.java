package io.millrace.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextDecisionTest {

    @Test
    void ofTwoClassesTheScoreIsTheirDifferenceAndTheThresholdDecides() {
        double[] probabilities = {0.35, 0.65};

        assertThat(TextDecision.signedScore(probabilities)).isCloseTo(0.3, within(1e-12));
        assertThat(TextDecision.label(probabilities, 0.65)).isEqualTo(1);
        assertThat(TextDecision.label(probabilities, 0.66)).isZero();
    }

    @Test
    void ofThreeClassesTheMiddleOneIsNeutralAndTheMostProbableIsDecidedOn() {
        double[] probabilities = {0.1, 0.6, 0.3};

        assertThat(TextDecision.signedScore(probabilities)).isCloseTo(0.2, within(1e-12));
        assertThat(TextDecision.label(probabilities, 0.5)).isEqualTo(1);
        assertThat(TextDecision.label(new double[] {0.4, 0.2, 0.4}, 0.5)).isZero();
    }

    @Test
    void roundingTakesNoScoreOutOfItsRange() {
        assertThat(TextDecision.signedScore(new double[] {0, 1.0000001})).isEqualTo(1);
        assertThat(TextDecision.signedScore(new double[] {1.0000001, 0})).isEqualTo(-1);
    }
}
