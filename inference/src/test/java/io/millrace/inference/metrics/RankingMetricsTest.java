package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingMetricsTest {

    private static final ScoredLabels FOUR_ROWS =
            new ScoredLabels(new double[] {0.1, 0.4, 0.35, 0.8}, new boolean[] {false, false, true, true});

    private static final ScoredLabels TIED =
            new ScoredLabels(new double[] {0.9, 0.5, 0.5, 0.5, 0.1}, new boolean[] {true, true, false, false, false});

    @Test
    void areaIsTheShareOfPairsInTheRightOrder() {
        assertThat(RankingMetrics.rocAuc(FOUR_ROWS)).isEqualTo(0.75);
    }

    @Test
    void aTieIsHalfAPair() {
        // 6 pairs: the first positive wins 3, the second wins 1 and ties with 2.
        assertThat(RankingMetrics.rocAuc(TIED)).isCloseTo(5.0 / 6, within(1e-15));
    }

    @Test
    void averagePrecisionAddsPrecisionTimesRecallGained() {
        // Positives at places 1 and 3: (1/1 + 2/3) / 2.
        assertThat(RankingMetrics.averagePrecision(FOUR_ROWS)).isCloseTo(5.0 / 6, within(1e-15));
    }

    @Test
    void tiedRowsAreOneStepOfThePrecisionCurve() {
        // The step at 0.5 holds places 2 to 4, where 2 of 4 are positive: (1/1 + 2/4) / 2.
        assertThat(RankingMetrics.averagePrecision(TIED)).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void oneClassAloneIsRefusedWithItsCounts() {
        ScoredLabels onlyNegative = new ScoredLabels(new double[] {0.1, 0.2}, new boolean[2]);

        assertThatThrownBy(() -> RankingMetrics.rocAuc(onlyNegative)).hasMessageContaining("0 positive and 2 negative");
        assertThatThrownBy(() -> RankingMetrics.averagePrecision(onlyNegative))
                .hasMessageContaining("got none among 2");
    }

    @Test
    void aScoreThatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> new ScoredLabels(new double[] {0.1, Double.NaN}, new boolean[2]))
                .hasMessageContaining("row 1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_124})
    void equalsThePairByPairCount(long seed) {
        Random random = new Random(seed);
        double[] scores =
                random.ints(300, 0, 40).asDoubleStream().map(step -> step / 40).toArray();
        boolean[] positives = new boolean[scores.length];
        for (int row = 0; row < positives.length; row++) {
            positives[row] = random.nextDouble() < 0.1 + scores[row] / 2;
        }

        double area = RankingMetrics.rocAuc(new ScoredLabels(scores, positives));

        assertThat(area).isCloseTo(pairByPair(scores, positives), within(1e-12));
    }

    private static double pairByPair(double[] scores, boolean[] positives) {
        double won = 0;
        long pairs = 0;
        for (int left = 0; left < scores.length; left++) {
            for (int right = 0; right < scores.length; right++) {
                if (positives[left] && !positives[right]) {
                    pairs++;
                    won += scores[left] > scores[right] ? 1 : scores[left] == scores[right] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }
}
