package io.millrace.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.compare.ComparisonReport.Example;
import io.millrace.cli.output.FailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureComparisonTest {
    private static final String HEADER = "TRANSACTION_ID,TX_TIME_DAYS,CUSTOMER_ID,COUNT,MEAN\n";
    private static final String GOLDEN = HEADER + "1,9,c1,2,10.5\n" + "2,9,c2,3,0.25\n" + "3,9,c1,4,0\n";

    @Test
    void findsEveryRowEqualWhateverTheOrderOfTheScores() throws IOException {
        ComparisonReport report = compare(
                GOLDEN,
                score("3", "2018-08-08T00:00:09Z", 4, "0"),
                score("77", "2018-08-08T00:00:08Z", 1, "1"),
                score("1", "2018-08-08T00:00:07Z", 2, "10.5"),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"));

        assertThat(report.isAgreed()).isTrue();
        assertThat(report.scores()).isEqualTo(4);
        assertThat(report.golden()).isEqualTo(3);
        assertThat(report.found()).isEqualTo(3);
        assertThat(report.equal()).isEqualTo(3);
        assertThat(report.columns())
                .containsExactly(
                        new ColumnComparison("COUNT", true, 0, 0, 0), new ColumnComparison("MEAN", false, 0, 0, 0));
        assertThat(report.notCompared()).containsExactly("TX_TIME_DAYS", "CUSTOMER_ID");
    }

    @Test
    void countsWhatIsMissing() throws IOException {
        ComparisonReport report = compare(GOLDEN, score("1", "2018-08-08T00:00:07Z", 2, "10.5"));

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.found()).isEqualTo(1);
        assertThat(report.missing()).isEqualTo(2);
    }

    @Test
    void missesEveryRowOfNoScores() throws IOException {
        ComparisonReport report = compare(GOLDEN);

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.missing()).isEqualTo(3);
        assertThat(report.columns()).isEmpty();
    }

    @Test
    void allowsOthersThanCountsABillionthOfTheirValue() throws IOException {
        ComparisonReport within = compareAll(2, "10.500000005");
        ComparisonReport beyond = compareAll(2, "10.50000002");

        assertThat(within.isAgreed()).isTrue();
        assertThat(within.columns().get(1).worstRelativeDifference()).isBetween(4e-10, 6e-10);
        assertThat(beyond.isAgreed()).isFalse();
        assertThat(beyond.columns().get(1).different()).isEqualTo(1);
        assertThat(beyond.columns().get(1).worstRelativeDifference()).isBetween(1e-9, 2e-9);
        assertThat(beyond.examples()).containsExactly(new Example("1", false, "MEAN", 10.5, 10.50000002));
    }

    @Test
    void takesForNothingWhatRoundingLeavesOfIt() throws IOException {
        ComparisonReport report = compare(
                GOLDEN.replace("3,9,c1,4,0\n", "3,9,c1,4,8.881784197e-15\n"),
                score("1", "2018-08-08T00:00:07Z", 2, "10.5"),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"),
                score("3", "2018-08-08T00:00:09Z", 4, "0"));

        assertThat(report.isAgreed()).isTrue();
        assertThat(report.columns().get(1).worstRelativeDifference()).isZero();
    }

    @Test
    void allowsCountsNothing() throws IOException {
        String large = GOLDEN.replace("1,9,c1,2,", "1,9,c1,2000000000000,");

        ComparisonReport report = compare(
                large,
                score("1", "2018-08-08T00:00:07Z", 2_000_000_000_001L, "10.5"),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"),
                score("3", "2018-08-08T00:00:09Z", 4, "0"));

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.columns().get(0).exact()).isTrue();
        assertThat(report.columns().get(0).different()).isEqualTo(1);
    }

    @Test
    void toleratesTiesOfOneCustomerAndSaysHowMany() throws IOException {
        ComparisonReport report = compare(
                GOLDEN,
                score("1", "2018-08-08T00:00:07Z", 3, "11"),
                score("3", "2018-08-08T00:00:07Z", 3, "0"),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"));

        assertThat(report.isAgreed()).isTrue();
        assertThat(report.equal()).isEqualTo(1);
        assertThat(report.different()).isEqualTo(2);
        assertThat(report.ties()).isEqualTo(2);
        assertThat(report.columns())
                .containsExactly(
                        new ColumnComparison("COUNT", true, 0, 2, 0), new ColumnComparison("MEAN", false, 0, 1, 0));
        assertThat(report.examples()).allMatch(Example::tie);
    }

    @Test
    void toleratesNoOtherDifferenceOfThatSecond() throws IOException {
        ComparisonReport report = compare(
                GOLDEN,
                score("1", "2018-08-08T00:00:07Z", 2, "10.5"),
                score("3", "2018-08-08T00:00:08Z", 4, "0"),
                score("2", "2018-08-08T00:00:07Z", 9, "0.25"));

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.ties()).isZero();
        assertThat(report.examples()).containsExactly(new Example("2", false, "COUNT", 3, 9));
    }

    @Test
    void aRowIsEqualOnlyIfAllItsScoresAre() throws IOException {
        ComparisonReport report = compare(
                GOLDEN,
                score("1", "2018-08-08T00:00:07Z", 2, "10.5"),
                score("1", "2018-08-08T00:00:07Z", 3, "10.5"),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"),
                score("3", "2018-08-08T00:00:09Z", 4, "0"));

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.found()).isEqualTo(3);
        assertThat(report.repeated()).isEqualTo(1);
        assertThat(report.different()).isEqualTo(1);
        assertThat(report.ties()).as("a row is no tie with itself").isZero();
    }

    @Test
    void aFeatureThatIsNoNumberDiffers() throws IOException {
        ComparisonReport report = compareAll(2, "null");

        assertThat(report.isAgreed()).isFalse();
        assertThat(report.columns().get(1).worstRelativeDifference()).isInfinite();
    }

    @Test
    void tellsTheLinesDone() throws IOException {
        List<Long> told = new ArrayList<>();

        new FeatureComparison(golden(GOLDEN))
                .run(scores(golden(GOLDEN), score("1", "2018-08-08T00:00:07Z", 2, "10.5")), told::add);

        assertThat(told).containsExactly(1L);
    }

    @Test
    void saysWhatIsWrongWithScores() {
        assertThatThrownBy(() -> compare(GOLDEN, "{\"id\":\"1\",\"time\":\"2018-08-08T00:00:07Z\"}"))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("--emit-features");
        assertThatThrownBy(() -> compare(GOLDEN, "{\"features\":{}}")).hasMessageContaining("has no id");
        assertThatThrownBy(() -> compare(GOLDEN, "[1]")).hasMessageContaining("is no JSON object");
        assertThatThrownBy(() -> compare(GOLDEN, score("1", "yesterday", 2, "1")))
                .hasMessageContaining("scores.jsonl:1", "'yesterday'");
        assertThatThrownBy(() -> compare(GOLDEN, "{\"id\":\"2\",\"features\":{\"COUNT\":1}}\n{\"id\":\"1\",\"fea"))
                .hasMessageContaining("the score");
        assertThatThrownBy(() ->
                        compare(GOLDEN, "{\"id\":\"1\",\"time\":\"2018-08-08T00:00:07Z\",\"features\":{\"OTHER\":1}}"))
                .hasMessageContaining("no column of the golden file");
    }

    @Test
    void namesTheLineAtWhichTheScoresBreakOff() {
        assertThatThrownBy(() -> compare(GOLDEN, score("1", "2018-08-08T00:00:07Z", 2, "10.5"), "{\"id\":\"2\",\"ti"))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("scores.jsonl:2: the score is not whole JSON");
    }

    @Test
    void saysWhatIsWrongWithTheGoldenFile() {
        assertThatThrownBy(() -> golden("")).hasMessageContaining("golden.csv has no column 'TRANSACTION_ID'");
        assertThatThrownBy(() -> golden("TRANSACTION_ID,A\n1,2\n")).hasMessageContaining("'CUSTOMER_ID'");
        assertThatThrownBy(() -> golden(HEADER)).hasMessageContaining("has no rows");
        assertThatThrownBy(() -> golden(GOLDEN + "1,9,c1,2,10.5\n"))
                .hasMessageContaining("golden.csv:5", "comes a second time");
        assertThatThrownBy(() -> golden(GOLDEN + "4,9\n")).hasMessageContaining("golden.csv is not a whole CSV file");
    }

    private static ComparisonReport compareAll(long count, String mean) throws IOException {
        return compare(
                GOLDEN,
                score("1", "2018-08-08T00:00:07Z", count, mean),
                score("2", "2018-08-08T00:00:06Z", 3, "0.25"),
                score("3", "2018-08-08T00:00:09Z", 4, "0"));
    }

    private static ComparisonReport compare(String golden, String... lines) throws IOException {
        GoldenFile file = golden(golden);
        return new FeatureComparison(file).run(scores(file, lines), done -> {});
    }

    private static GoldenFile golden(String csv) throws IOException {
        return GoldenFile.read("golden.csv", bytes(csv));
    }

    private static ScoredFeatures scores(GoldenFile golden, String... lines) throws IOException {
        return ScoredFeatures.of(golden, "scores.jsonl", bytes(String.join("\n", lines)));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String score(String id, String time, long count, String mean) {
        return "{\"id\":\"%s\",\"time\":\"%s\",\"model\":\"m\",\"reasons\":[{\"id\":\"x\"}],\"features\":{\"MORE\":1,\"COUNT\":%d,\"MEAN\":%s}}"
                .formatted(id, time, count, mean);
    }
}
