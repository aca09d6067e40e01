package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilityMetricsTest {

    private static final ScoredLabels ROWS =
            new ScoredLabels(new double[] {0.9, 0.2, 0.5}, new boolean[] {true, false, true});

    @Test
    void logLossIsTheMeanSurprise() {
        double expected = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.5)) / 3;

        assertThat(ProbabilityMetrics.logLoss(ROWS)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void aSureMistakeIsDearButFinite() {
        ScoredLabels mistake = new ScoredLabels(new double[] {1}, new boolean[] {false});

        assertThat(ProbabilityMetrics.logLoss(mistake)).isCloseTo(34.54, within(0.01));
    }

    @Test
    void brierIsTheMeanSquaredMiss() {
        assertThat(ProbabilityMetrics.brier(ROWS)).isCloseTo((0.01 + 0.04 + 0.25) / 3, within(1e-15));
    }

    @Test
    void theCalibrationErrorComparesConfidenceWithTheShareOfRightAnswers() {
        // Two answers of confidence 0.9 in one bin, one of them right; one of 0.8 in another, right.
        ScoredLabels rows = new ScoredLabels(new double[] {0.9, 0.1, 0.2}, new boolean[] {true, true, false});

        assertThat(ProbabilityMetrics.expectedCalibrationError(rows))
                .isCloseTo((2 * (0.9 - 0.5) + (1 - 0.8)) / 3, within(1e-12));
    }

    @Test
    void noRowsAreRefused() {
        ScoredLabels none = new ScoredLabels(new double[0], new boolean[0]);

        assertThatThrownBy(() -> ProbabilityMetrics.brier(none)).hasMessageContaining("at least one row");
    }
}
