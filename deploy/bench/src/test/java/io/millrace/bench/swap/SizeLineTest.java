package io.millrace.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.live.Times;
import org.junit.jupiter.api.Test;

class SizeLineTest {

    @Test
    void tellsWhatABatchTakesBeyondWhatItsSizeExplains() {
        SizeLine line = SizeLine.through(taken(new long[] {110, 210, 310}, new long[] {10, 20, 30}));

        assertThat(line.fixed()).isCloseTo(10, within(1e-9));
        assertThat(line.perUnit()).isCloseTo(10, within(1e-9));
        assertThat(line.beyond(taken(new long[] {1_010, 1_050, 90}, new long[] {100, 100, 10}))
                        .tookNanos())
                .containsExactly(0, 40, -20);
    }

    @Test
    void batchesOfOneSizeAreComparedWithTheirMean() {
        SizeLine line = SizeLine.through(taken(new long[] {100, 300}, new long[] {256, 256}));

        assertThat(line).isEqualTo(new SizeLine(200, 0));
    }

    private static Times.Taken taken(long[] tookNanos, long[] sizes) {
        return new Times.Taken(new long[sizes.length], tookNanos, sizes);
    }
}
