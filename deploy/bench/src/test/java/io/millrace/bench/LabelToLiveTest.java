package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelToLiveTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void stepsLieEndToEndAndAreTheWholeTogether() {
        List<LabelToLive.Step> steps = new ArrayList<>();
        LabelToLive.Ruler ruler = new LabelToLive.Ruler(START, steps);
        ruler.until("learn", START.plusMillis(1_500));
        ruler.until("over before it began", START.plusMillis(1_400));
        ruler.until("publish", START.plusMillis(4_000));

        assertThat(steps)
                .containsExactly(
                        new LabelToLive.Step("learn", 1.5),
                        new LabelToLive.Step("over before it began", 0),
                        new LabelToLive.Step("publish", 2.5));
        assertThat(ruler.seconds()).isEqualTo(4);
    }
}
