package io.millrace.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.trainer.config.TriggerConfig;
import io.millrace.trainer.service.Trigger.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggerTest {
    private static final Instant LAST_RUN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant SOON_AFTER = LAST_RUN.plusSeconds(60);
    private static final Trigger TRIGGER =
            new Trigger(TriggerConfig.of(1_000, Duration.ofDays(1), 0.05), "average-precision");

    @Test
    void enoughNewLabelsMakeARoundDue() {
        assertThat(TRIGGER.due(standing(999, null, null), SOON_AFTER)).isEmpty();
        assertThat(TRIGGER.due(standing(1_000, null, null), SOON_AFTER)).contains("1000 new labels");
    }

    @Test
    void timeMakesARoundDueOnlyIfThereIsANewLabel() {
        Instant nextDay = LAST_RUN.plus(Duration.ofDays(1));

        assertThat(TRIGGER.due(standing(0, null, null), nextDay)).isEmpty();
        assertThat(TRIGGER.due(standing(1, null, null), nextDay.minusMillis(1))).isEmpty();
        assertThat(TRIGGER.due(standing(1, null, null), nextDay)).contains("1d have passed, 1 new labels");
    }

    @Test
    void aDropOfTheLiveMetricMakesARoundDueOnceThereAreSomeNewLabels() {
        assertThat(TRIGGER.due(standing(100, 0.66, 0.70), SOON_AFTER)).isEmpty();
        assertThat(TRIGGER.due(standing(99, 0.60, 0.70), SOON_AFTER)).isEmpty();
        assertThat(TRIGGER.due(standing(100, 0.60, 0.70), SOON_AFTER))
                .contains("average-precision fell by 0.100, from 0.700 to 0.600");
    }

    @Test
    void withoutADropInTheConfigurationNoDropMatters() {
        Trigger noDrop = new Trigger(TriggerConfig.of(1_000, null, null), "average-precision");

        assertThat(noDrop.due(standing(999, 0.1, 0.9), SOON_AFTER)).isEmpty();
    }

    private static Standing standing(int newLabels, @Nullable Double live, @Nullable Double promised) {
        return new Standing(newLabels, LAST_RUN, live, promised);
    }
}
