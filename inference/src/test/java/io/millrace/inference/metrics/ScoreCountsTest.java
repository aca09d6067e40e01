package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCountsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    private record Row(float score, boolean positive) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 42, 20_261_124})
    void agreesWithTheMetricsOfTheRowsOneByOneWhateverCameAndWentBefore(long seed) {
        Random random = new Random(seed);
        int distinct = 1 + random.nextInt(3_000);
        ScoreTable table = new ScoreTable();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Row row = new Row(random.nextInt(distinct + 1) / (float) distinct, random.nextInt(10) == 0);
            table.add(row.score(), row.positive(), 1);
            rows.add(row);
            if (random.nextInt(4) == 0) {
                Row gone = rows.remove(random.nextInt(rows.size()));
                table.add(gone.score(), gone.positive(), -1);
            }
        }

        ScoreCounts counts = table.counts();
        ScoredLabels labels = labels(rows);

        assertThat(counts.rows()).isEqualTo(rows.size());
        assertThat(counts.positiveRows()).isEqualTo(labels.positiveCount());
        assertThat(counts.averagePrecision().orElseThrow()).isCloseTo(RankingMetrics.averagePrecision(labels), EXACT);
        assertThat(counts.rocAuc().orElseThrow()).isCloseTo(RankingMetrics.rocAuc(labels), EXACT);
        assertThat(counts.logLoss().orElseThrow()).isCloseTo(ProbabilityMetrics.logLoss(labels), EXACT);
        assertThat(counts.brier().orElseThrow()).isCloseTo(ProbabilityMetrics.brier(labels), EXACT);
        assertThat(counts.calibrationError().orElseThrow()).isCloseTo(calibrationError(rows), EXACT);
        for (int k : new int[] {1, 7, 100, 5_000}) {
            assertThat(counts.precisionAtK(k).orElseThrow()).isCloseTo(precisionAtK(rows, k), EXACT);
        }
    }

    @Test
    void hasNoValueWhereAClassIsMissing() {
        ScoreTable table = new ScoreTable();
        assertThat(table.counts().averagePrecision()).isEmpty();
        assertThat(table.counts().logLoss()).isEmpty();
        assertThat(table.counts().calibrationError()).isEmpty();
        assertThat(table.counts().precisionAtK(3)).isEmpty();

        table.add(0.25f, false, 3);
        assertThat(table.counts().averagePrecision()).isEmpty();
        assertThat(table.counts().rocAuc()).isEmpty();
        assertThat(table.counts().brier()).hasValue(0.0625);
        assertThat(table.counts().precisionAtK(3)).hasValue(0);
    }

    @Test
    void forgetsScoresThatNoRowHasAnyMore() {
        ScoreTable table = new ScoreTable();
        for (int i = 0; i < 100_000; i++) {
            table.add(i / 100_000f, i % 2 == 0, 1);
            table.add(i / 100_000f, i % 2 == 0, -1);
        }
        table.add(1f, true, 1);

        assertThat(table.counts().scores()).containsExactly(1.0);
    }

    @Test
    void refusesWhatCannotBe() {
        ScoreTable table = new ScoreTable();
        assertThatThrownBy(() -> table.add(Float.NaN, true, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> table.add(0.5f, true, -1)).hasMessageContaining("taken back");
    }

    @Test
    void takesBothZerosForOneScore() {
        ScoreTable table = new ScoreTable();
        table.add(0f, true, 1);
        table.add(-0f, false, 1);

        assertThat(table.counts().scores()).hasSize(1);
        assertThat(table.counts().rocAuc()).isEqualTo(OptionalDouble.of(0.5));
    }

    private static ScoredLabels labels(List<Row> rows) {
        boolean[] positives = new boolean[rows.size()];
        for (int i = 0; i < positives.length; i++) {
            positives[i] = rows.get(i).positive();
        }
        return new ScoredLabels(rows.stream().mapToDouble(Row::score).toArray(), positives);
    }

    private static double calibrationError(List<Row> rows) {
        double error = 0;
        for (int bin = 0; bin < 15; bin++) {
            double low = bin / 15.0;
            double high = bin == 14 ? 2 : (bin + 1) / 15.0;
            List<Row> inside = rows.stream()
                    .filter(row -> (double) row.score() * 15 >= low * 15 && (double) row.score() * 15 < high * 15)
                    .toList();
            if (!inside.isEmpty()) {
                double mean = inside.stream().mapToDouble(Row::score).average().orElseThrow();
                double share = (double) inside.stream().filter(Row::positive).count() / inside.size();
                error += Math.abs(mean - share) * inside.size() / rows.size();
            }
        }
        return error;
    }

    /** The mean over both extremes of tied rows is the expected value: precision is linear in the share taken. */
    private static double precisionAtK(List<Row> rows, int k) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(row -> -row.score()));
        int taken = Math.min(k, sorted.size());
        float last = sorted.get(taken - 1).score();
        double sure = sorted.stream()
                .filter(row -> row.score() > last && row.positive())
                .count();
        double[] tied = sorted.stream()
                .filter(row -> row.score() == last)
                .mapToDouble(row -> row.positive() ? 1 : 0)
                .toArray();
        long above = sorted.stream().filter(row -> row.score() > last).count();
        return (sure + Arrays.stream(tied).average().orElseThrow() * (taken - above)) / taken;
    }
}
