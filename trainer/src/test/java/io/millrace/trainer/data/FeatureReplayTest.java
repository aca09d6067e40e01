package io.millrace.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.WindowFeature;
import io.millrace.schemas.codec.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureReplayTest {

    private static final long DAY_MILLIS = 86_400_000;
    private static final FeatureSet SHARE = new FeatureSet(
            "share",
            "UTC",
            List.of(
                    new FieldFeature("amount", "amount"),
                    new WindowFeature(
                            "risk",
                            "terminal_id",
                            Aggregate.POSITIVE_SHARE,
                            null,
                            Duration.ofDays(30),
                            Duration.ZERO)));

    @Test
    void aLabelIsSeenFromItsDelayOnAndNotBefore() {
        List<LabelledEvent> events = List.of(event(0, true), event(6.9, false), event(7, false));

        FeatureTable table = new FeatureReplay(SHARE, Duration.ofDays(7)).run(events.iterator(), done -> {});

        float[] values = table.pack(new int[] {0, 1, 2}).values();
        assertThat(values[1]).isZero();
        assertThat(values[3]).isZero();
        // One of three events in the window is known to be a fraud, exactly seven days after it happened.
        assertThat(values[5]).isEqualTo(1f / 3);
    }

    @Test
    void rowsKeepTimeKeysAndTruth() {
        FeatureTable table = new FeatureReplay(SHARE, Duration.ofDays(7))
                .run(List.of(event(0, true), event(1.5, false)).iterator(), done -> {});

        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.day(1)).isEqualTo(1);
        assertThat(table.timeMillis(1)).isEqualTo(DAY_MILLIS * 3 / 2);
        assertThat(table.key(1, 0)).isEqualTo("t");
        assertThat(table.positives(new int[] {0, 1})).containsExactly(true, false);
        assertThat(table.pack(new int[] {1}).values()).startsWith(10f);
    }

    @Test
    void aNegativeDelayIsRefused() {
        assertThatThrownBy(() -> new FeatureReplay(SHARE, Duration.ofDays(-1))).hasMessageContaining("PT-24H");
    }

    private static LabelledEvent event(double day, boolean positive) {
        long timeMillis = Math.round(day * DAY_MILLIS);
        Event event = new Event("e" + day, timeMillis, new String[] {"t"}, new double[] {10}, null);
        return new LabelledEvent(event, positive);
    }
}
