package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.CalendarFeature;
import io.millrace.inference.feature.CalendarFlag;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FieldFeature;
import io.millrace.inference.feature.LogFeature;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatelessFeaturesTest {
    @ParameterizedTest(name = "{0} in {1}: weekend {2}, night {3}")
    @CsvSource({
        "2018-04-01T00:00:31Z, UTC, 1, 1",
        "2018-04-02T06:59:59.999Z, UTC, 0, 1",
        "2018-04-06T23:59:59Z, UTC, 0, 0",
        "2018-04-07T07:00:00Z, UTC, 1, 0",
        "1969-12-27T23:00:00Z, UTC, 1, 0",
        "2018-04-06T22:30:00Z, Europe/Berlin, 1, 1",
        "2018-04-09T01:00:00Z, America/New_York, 1, 0"
    })
    void tellsDayAndNightByTheZone(String time, String zone, double weekend, double night) {
        FeatureSet set = new FeatureSet(
                "set",
                zone,
                List.of(
                        new CalendarFeature("weekend", CalendarFlag.WEEKEND),
                        new CalendarFeature("night", CalendarFlag.NIGHT)));
        double[] row = new double[2];

        new StatelessFeatures(set).fill(Instant.parse(time).toEpochMilli(), new double[0], row);

        assertThat(row).containsExactly(weekend, night);
    }

    @Test
    void fillsItsOwnSlotsFromTheFieldsOfTheShape() {
        FeatureSet set = new FeatureSet(
                "set",
                "UTC",
                List.of(
                        new LogFeature("log", "b"),
                        new FieldFeature("a", "a"),
                        new FieldFeature("b", "b"),
                        new LogFeature("log-a", "a")));
        double[] row = new double[4];

        new StatelessFeatures(set).fill(0, new double[] {Math.E - 1, 1 - Math.E}, row);

        assertThat(row).containsExactly(1, 1 - Math.E, Math.E - 1, -1);
    }
}
