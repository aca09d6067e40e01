package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageLoadTest {
    private static final int IN_LONGEST_WINDOW = 3_000;
    private static final long GAP_MILLIS = Duration.ofDays(30).toMillis() / IN_LONGEST_WINDOW;

    private final FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);

    @Test
    void aKeyHasItsShareOfTheEventsInItsWindow() {
        assertThat(feature("customer_id", 1, "CUSTOMER_ID_NB_TX_30DAY_WINDOW")).isCloseTo(3_000, within(300.0));
        assertThat(feature("customer_id", 60, "CUSTOMER_ID_NB_TX_30DAY_WINDOW")).isCloseTo(50, within(30.0));
        assertThat(feature("terminal_id", 1, "TERMINAL_ID_NB_TX_30DAY_WINDOW")).isCloseTo(3_000, within(300.0));
    }

    @Test
    void labelsComeWhenTheWindowsCanSeeTheirEvents() {
        assertThat(feature("terminal_id", 1, "TERMINAL_ID_RISK_30DAY_WINDOW"))
                .as("each hundredth is positive")
                .isCloseTo(0.01, within(0.0005));
    }

    @Test
    void labelsOnlyForAStageThatNeedsThem() {
        assertThat(new StageLoad(set, "customer_id", 1, GAP_MILLIS).prepare(2_000))
                .noneMatch(step -> step.label() != null);
        assertThat(new StageLoad(set, "terminal_id", 1, GAP_MILLIS).prepare(2_000))
                .anyMatch(step -> step.label() != null);
    }

    @Test
    void playsTheSameEventsWhateverTheNumberOfKeys() {
        List<StageLoad.Step> ofOne = new StageLoad(set, "terminal_id", 1, GAP_MILLIS).prepare(2_000);
        List<StageLoad.Step> ofMany = new StageLoad(set, "terminal_id", 60, GAP_MILLIS).prepare(2_000);

        assertThat(ofMany)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("key")
                .isEqualTo(ofOne);
    }

    @Test
    void playsTheSameInPartsAsAtOnce() {
        StageLoad atOnce = new StageLoad(set, "terminal_id", 7, GAP_MILLIS);
        StageLoad inParts = new StageLoad(set, "terminal_id", 7, GAP_MILLIS);

        atOnce.play(atOnce.prepare(2_000));
        for (int part = 0; part < 2_000; part += 250) {
            inParts.play(inParts.prepare(250));
        }

        assertThat(inParts.played()).isEqualTo(2_000);
        assertThat(inParts.lastFeatures()).isEqualTo(atOnce.lastFeatures());
        assertThat(inParts.store().lookUps()).isEqualTo(atOnce.store().lookUps());
        assertThat(inParts.store().bytesWritten()).isEqualTo(atOnce.store().bytesWritten());
        assertThat(inParts.store().bytesKept()).isEqualTo(atOnce.store().bytesKept());
    }

    private double feature(String entity, int keys, String name) {
        StageLoad load = new StageLoad(set, entity, keys, GAP_MILLIS);
        load.play(load.prepare(2 * IN_LONGEST_WINDOW));
        return load.lastFeatures()[set.index(name)];
    }
}
