package io.millrace.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.RankingMetrics;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.config.GateMetric;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateMetricsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 42, 20_261_124})
    void weightsActAsIfRowsWereThereSoManyTimes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 300;
        double[] scores = new double[rows];
        boolean[] positives = new boolean[rows];
        int[] weights = new int[rows];
        for (int row = 0; row < rows; row++) {
            scores[row] = random.nextInt(40) / 40.0;
            positives[row] = random.nextInt(5) == 0;
            weights[row] = random.nextInt(4);
        }
        ScoredLabels once = new ScoredLabels(scores, positives);
        ScoredLabels repeated = repeated(once, weights);

        assertThat(GateMetrics.weighted(GateMetric.AVERAGE_PRECISION, once).of(weights))
                .isCloseTo(RankingMetrics.averagePrecision(repeated), within(1e-12));
        assertThat(GateMetrics.weighted(GateMetric.ROC_AUC, once).of(weights))
                .isCloseTo(RankingMetrics.rocAuc(repeated), within(1e-12));
        assertThat(GateMetrics.weighted(GateMetric.LOG_LIKELIHOOD, once).of(weights))
                .isCloseTo(-ProbabilityMetrics.logLoss(repeated), within(1e-12));
    }

    @Test
    void theIntervalOfAGainCoversTheTruthAboutAsOftenAsItSays() {
        int hits = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = 400;
            double[] champion = new double[rows];
            double[] candidate = new double[rows];
            for (int row = 0; row < rows; row++) {
                champion[row] = random.nextGaussian();
                candidate[row] = random.nextGaussian();
            }
            PairedBootstrap.Interval interval =
                    new PairedBootstrap(200, 0.9, seed).gain(mean(champion), mean(candidate), rows);
            hits += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }

        assertThat(hits).isBetween(170, 192);
    }

    private static WeightedMetric mean(double[] values) {
        return weights -> {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < values.length; row++) {
                sum += weights[row] * values[row];
                count += weights[row];
            }
            return sum / count;
        };
    }

    private static ScoredLabels repeated(ScoredLabels rows, int[] weights) {
        int all = Arrays.stream(weights).sum();
        double[] scores = new double[all];
        boolean[] positives = new boolean[all];
        int at = 0;
        for (int row = 0; row < weights.length; row++) {
            for (int time = 0; time < weights[row]; time++) {
                scores[at] = rows.scores()[row];
                positives[at++] = rows.positives()[row];
            }
        }
        return new ScoredLabels(scores, positives);
    }

    @Test
    void balancedAccuracyGainsNothingFromAShiftOfClassShares() {
        int[] truth = {1, 1, 1, 1, 1, 1, 0, 0};
        Answers sound = answers(new int[] {1, 1, 1, 0, 0, 1, 0, 1}, truth);
        Answers always = answers(new int[] {1, 1, 1, 1, 1, 1, 1, 1}, truth);

        assertThat(GateMetrics.of(GateMetric.ACCURACY, sound)).isEqualTo(5.0 / 8);
        assertThat(GateMetrics.of(GateMetric.ACCURACY, always)).isEqualTo(6.0 / 8);
        assertThat(GateMetrics.of(GateMetric.BALANCED_ACCURACY, sound)).isCloseTo((4.0 / 6 + 0.5) / 2, within(1e-15));
        assertThat(GateMetrics.of(GateMetric.BALANCED_ACCURACY, always)).isEqualTo(0.5);
    }

    @Test
    void accuraciesCountEachRowAsOftenAsItsWeightSays() {
        Answers three = new Answers(
                new ScoredLabels(new double[4], new boolean[4]),
                new Decided(3, new int[] {0, 2, 2, 1}, new int[] {0, 1, 2, 1}));

        assertThat(GateMetrics.weighted(GateMetric.ACCURACY, three).of(new int[] {1, 3, 0, 1}))
                .isEqualTo(2.0 / 5);
        assertThat(GateMetrics.weighted(GateMetric.BALANCED_ACCURACY, three).of(new int[] {1, 3, 0, 1}))
                .isEqualTo((1 + 0.25) / 2);
        assertThat(GateMetrics.weighted(GateMetric.BALANCED_ACCURACY, three).of(new int[4]))
                .isNaN();
    }

    private static Answers answers(int[] decided, int[] truth) {
        return new Answers(
                new ScoredLabels(new double[truth.length], new boolean[truth.length]), new Decided(2, decided, truth));
    }
}
