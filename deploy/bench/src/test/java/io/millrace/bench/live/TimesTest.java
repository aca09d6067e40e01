package io.millrace.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void keepsAllUntilTheyAreTakenOut() {
        Times times = new Times();
        for (int i = 0; i < 10_000; i++) {
            times.add(i, 2L * i);
        }

        Times.Taken taken = times.take();

        assertThat(taken.count()).isEqualTo(10_000);
        assertThat(taken.endNanos()[9_999]).isEqualTo(9_999);
        assertThat(taken.tookNanos()[9_999]).isEqualTo(19_998);
        assertThat(times.take().count()).isZero();
    }
}
