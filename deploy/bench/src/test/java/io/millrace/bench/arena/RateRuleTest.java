package io.millrace.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.arena.RateRule.Look;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateRuleTest {

    private static Look at(long seconds, long records) {
        return new Look(TimeUnit.SECONDS.toNanos(seconds), records);
    }

    @Test
    void countsFromTheFirstLookPastATenthToTheFirstPast95Percent() {
        RateRule.Rate rate =
                RateRule.of(List.of(at(0, 0), at(9, 99), at(10, 120), at(12, 500), at(15, 960), at(60, 1_000)), 1_000);

        assertThat(rate).isEqualTo(new RateRule.Rate(168, 5, false));
    }

    @Test
    void saysThatARunWhichWasCommittedAtOnceWasTooShort() {
        RateRule.Rate rate = RateRule.of(List.of(at(0, 0), at(3, 0), at(4, 1_000)), 1_000);

        assertThat(rate).isEqualTo(new RateRule.Rate(1_000, 1, true));
    }

    @Test
    void hasNoRateForARunThatDidNotEnd() {
        assertThatThrownBy(() -> RateRule.of(List.of(at(0, 0), at(4, 940)), 1_000))
                .hasMessageContaining("did not all come");
    }
}
