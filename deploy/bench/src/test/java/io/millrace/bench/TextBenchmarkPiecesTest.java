package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.text.Tokens;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextBenchmarkPiecesTest {

    @Test
    void madeUpTextsAreMostlyShortWithAFewThatAreManyTimesLonger() {
        HeavyTailedTexts texts = new HeavyTailedTexts(List.of("a", "b", "c"), 126);

        List<Integer> lengths = texts.some(2_000, 7).stream()
                .map(text -> text.split(" ").length)
                .sorted()
                .toList();

        assertThat(lengths.get(1_000)).isBetween(12, 14);
        assertThat(lengths.get(1_980)).isGreaterThan(4 * lengths.get(1_000));
        assertThat(lengths.get(1_999)).isLessThanOrEqualTo(126);
        assertThat(texts.some(20, 7)).isEqualTo(texts.some(20, 7)).isNotEqualTo(texts.some(20, 8));
    }

    @Test
    void sortedBatchesHoldEachTextOnceTheLongestFirst() {
        List<Tokens> texts = IntStream.of(3, 9, 4, 8, 2)
                .mapToObj(TextBenchmarkPiecesTest::text)
                .toList();

        SortedBatches sorted = SortedBatches.of(texts, 2);

        assertThat(sorted.batches().stream()
                        .map(batch -> batch.stream().map(Tokens::length).toList()))
                .containsExactly(List.of(9), List.of(4, 8), List.of(2, 3));
        // 26 tokens of 9 + 2 * 8 + 2 * 3.
        assertThat(sorted.padding()).isCloseTo(1 - 26.0 / 31, within(1e-9));
    }

    @Test
    void waitsAreToldByNearestRank() {
        Waits waits = Waits.of(LongStream.rangeClosed(1, 1_000).boxed().toList());

        assertThat(waits).isEqualTo(new Waits(1_000, 500, 990, 999, 1_000));
        assertThat(Waits.of(List.of())).isEqualTo(new Waits(0, 0, 0, 0, 0));
    }

    @Test
    void aSpreadIsLowestMiddleAndHighest() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0))).isEqualTo(new Spread(1, 3, 9));
    }

    @Test
    void aCrewDoesEachPieceOnce() throws InterruptedException {
        int[] done = new int[200];

        try (Crew crew = new Crew(3)) {
            crew.each(done.length, (thread, piece) -> done[piece]++);
        }

        assertThat(done).containsOnly(1);
    }

    private static Tokens text(int length) {
        return new Tokens(new int[length], new int[length], false, length);
    }
}
