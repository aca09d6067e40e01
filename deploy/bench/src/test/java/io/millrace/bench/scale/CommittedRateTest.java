package io.millrace.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommittedRateTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void countsFromATwentiethToNineteenOfThoseThatCount() {
        CommittedRate rate = new CommittedRate(1_000, 100);
        rate.saw(SECOND, 500);
        rate.saw(2 * SECOND, 1_010);
        rate.saw(4 * SECOND, 1_050);
        rate.saw(5 * SECOND, 1_098);
        rate.saw(90 * SECOND, 1_100);

        assertThat(rate.perSecond()).isEqualTo(88 / 3.0);
    }

    @Test
    void oneStepHasNoRate() {
        CommittedRate rate = new CommittedRate(0, 100);
        rate.saw(SECOND, 0);
        rate.saw(2 * SECOND, 100);

        assertThat(rate.perSecond()).isNaN();
    }
}
