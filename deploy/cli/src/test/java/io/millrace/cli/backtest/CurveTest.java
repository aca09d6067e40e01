package io.millrace.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.metrics.ScoredLabels;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void equalScoresAreOnePointAndBinsCountTheirRows() {
        ScoredLabels rows =
                new ScoredLabels(new double[] {0.9, 0.5, 0.5, 0.1}, new boolean[] {true, true, false, false});

        Curve curve = Curve.of("static", rows);

        assertThat(curve.precisionRecall())
                .containsExactly(new Curve.Point(0.5, 1), new Curve.Point(1, Quality.rounded(2 / 3.0)));
        assertThat(curve.calibration()).hasSize(3);
        assertThat(curve.calibration().get(1).rows()).isEqualTo(2);
        assertThat(curve.calibration().get(1).meanScore()).isEqualTo(0.5);
        assertThat(curve.calibration().get(1).positiveShare()).isEqualTo(0.5);
    }

    @Test
    void rowsWithoutAPositiveHaveNoCurve() {
        ScoredLabels rows = new ScoredLabels(new double[] {1, 0}, new boolean[] {false, false});

        assertThat(Curve.of("static", rows).precisionRecall()).isEmpty();
        assertThat(Curve.of("static", rows).calibration()).hasSize(2);
    }
}
