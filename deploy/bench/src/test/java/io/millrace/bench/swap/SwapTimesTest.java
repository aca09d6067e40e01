package io.millrace.bench.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.live.Times;
import io.millrace.bench.swap.SwapTimes.Swap;
import io.millrace.bench.swap.SwapTimes.Window;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SwapTimesTest {
    private static final long MILLI = 1_000_000;

    private final SwapTimes times = new SwapTimes(
            List.of(new Swap(2_000 * MILLI, 2_300 * MILLI), new Swap(5_000 * MILLI, 5_100 * MILLI)), 0, 7_000 * MILLI);

    @Test
    void calmTimeIsWhatNoSwapTouches() {
        assertThat(times.calm()).containsExactly(window(0, 2_000), window(2_900, 5_000), window(5_700, 7_000));
    }

    @Test
    void calmWindowsAreAsLongAsThoseAroundSwitches() {
        assertThat(times.switches()).containsExactly(window(2_200, 2_700), window(5_000, 5_500));
        assertThat(times.calmWindows())
                .hasSize(4 + 4 + 2)
                .allSatisfy(
                        calm -> assertThat(calm.toNanos() - calm.fromNanos()).isEqualTo(500 * MILLI));
    }

    @Test
    void loadingCountsFromThePublication() {
        assertThat(times.loadings()).containsExactly(window(2_000, 2_700), window(5_000, 5_500));
    }

    @Test
    void durationsBelongToTheWindowInWhichTheyEnded() {
        Times.Taken taken = new Times.Taken(new long[] {10, 20, 20, 30}, new long[] {1, 5, 6, 3}, new long[4]);

        assertThat(InWindows.all(taken, List.of(new Window(10, 30)))).containsExactly(1, 5, 6);
        assertThat(InWindows.longest(taken, List.of(new Window(0, 15), new Window(15, 25), new Window(40, 50))))
                .containsExactly(1, 6);
        assertThat(InWindows.next(taken, LongStream.of(0, 20, 21, 31))).containsExactly(1, 5, 3);
    }

    private static Window window(long fromMillis, long toMillis) {
        return new Window(fromMillis * MILLI, toMillis * MILLI);
    }
}
