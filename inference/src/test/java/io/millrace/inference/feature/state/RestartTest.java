package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.Aggregate;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.WindowFeature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final FeatureSet COUNT = new FeatureSet(
            "count",
            "UTC",
            List.of(new WindowFeature("N", "card", Aggregate.COUNT, null, Duration.ofDays(1), Duration.ZERO)));

    private final StateBytes state = new HashStateBytes();
    private final double[] features = new double[1];

    @Test
    void aNewProcessGoesOnFromTheStateOfASetWithoutLabels() {
        new EntityFeatures(COUNT, "card", state).event("c1", "1", 1_600_000_000_000L, new double[0], features);

        new EntityFeatures(COUNT, "card", state).event("c1", "2", 1_600_000_000_000L, new double[0], features);

        assertThat(features).containsExactly(2);
    }
}
