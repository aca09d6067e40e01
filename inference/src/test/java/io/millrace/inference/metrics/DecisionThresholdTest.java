package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DecisionThresholdTest {

    @Test
    void liesMidwayBelowTheLastRowWorthCalling() {
        ScoredLabels rows =
                new ScoredLabels(new double[] {0.9, 0.8, 0.4, 0.1}, new boolean[] {true, true, false, false});

        DecisionThreshold best = DecisionThreshold.bestF1(rows);

        assertThat(best.value()).isCloseTo(0.6, within(1e-15));
        assertThat(best.precision()).isEqualTo(1);
        assertThat(best.recall()).isEqualTo(1);
    }

    @Test
    void neverCutsThroughATie() {
        ScoredLabels rows =
                new ScoredLabels(new double[] {0.5, 0.5, 0.5, 0.2}, new boolean[] {true, false, true, false});

        DecisionThreshold best = DecisionThreshold.bestF1(rows);

        assertThat(best.value()).isCloseTo(0.35, within(1e-15));
        assertThat(best.precision()).isCloseTo(2.0 / 3, within(1e-15));
    }

    @Test
    void theHighestOfEquallyGoodCutsWins() {
        // F1 is 2/3 after the first row (1/1, 1/2) and again after the fourth (2/4, 2/2).
        ScoredLabels rows =
                new ScoredLabels(new double[] {0.9, 0.8, 0.7, 0.6}, new boolean[] {true, false, false, true});

        assertThat(DecisionThreshold.bestF1(rows).value()).isCloseTo(0.85, within(1e-15));
    }

    @Test
    void aPeriodWithoutPositivesIsRefused() {
        ScoredLabels rows = new ScoredLabels(new double[] {0.9}, new boolean[] {false});

        assertThatThrownBy(() -> DecisionThreshold.bestF1(rows)).hasMessageContaining("longer hold-out");
    }
}
