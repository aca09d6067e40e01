package io.millrace.trainer.gradient.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.trainer.config.StoppingMetric;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private final Judged before = new Judged(0.75, 0.5);
    private final Judged after = new Judged(0.5, 0.75);
    private final Judged replayedBefore = new Judged(0.125, 1);
    private final Judged replayedAfter = new Judged(0.25, 0.9375);

    @Test
    void eachReplayedExampleCountsAsOftenAsInLearning() {
        assertThat(after.beside(replayedAfter, 3)).isEqualTo(new Judged(0.3125, 0.890625));
    }

    @Test
    void whetherAGainOnNewExamplesIsWorthWhatIsForgottenIsAQuestionOfTheRatio() {
        for (StoppingMetric metric : StoppingMetric.values()) {
            assertThat(after.isBetterThan(before, metric)).isTrue();
            assertThat(after.beside(replayedAfter, 1).isBetterThan(before.beside(replayedBefore, 1), metric))
                    .isTrue();
            assertThat(after.beside(replayedAfter, 8).isBetterThan(before.beside(replayedBefore, 8), metric))
                    .isFalse();
        }
    }
}
