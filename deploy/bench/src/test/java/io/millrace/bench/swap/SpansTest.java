package io.millrace.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void tellsMiddleAndTail() {
        Spans spans = Spans.ofNanos(LongStream.rangeClosed(1, 1_000)
                .map(i -> (1_001 - i) * 1_000_000)
                .toArray());

        assertThat(spans).isEqualTo(new Spans(1_000, 500, 990, 999, 1_000));
    }

    @Test
    void nothingHasNoSpans() {
        assertThat(Spans.ofNanos(new long[0])).isEqualTo(new Spans(0, 0, 0, 0, 0));
    }

    @Test
    void theTailOfFewIsShorterThanThatOfAll() {
        long[] oneInAThousand = LongStream.range(0, 10_000)
                .map(i -> i % 1_000 == 0 ? 50_000_000 : 1_000_000)
                .toArray();

        double few = Spans.expectedTailMillis(oneInAThousand, 100, 1);

        assertThat(Spans.ofNanos(oneInAThousand).max()).isEqualTo(50);
        assertThat(few).as("the chance of 1 in 100 draws is about 9.5 %").isCloseTo(5.7, within(1.5));
        assertThat(Spans.expectedTailMillis(oneInAThousand, 10_000, 1)).isGreaterThan(few);
    }
}
