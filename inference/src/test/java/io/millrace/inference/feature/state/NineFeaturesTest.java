package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.schemas.codec.Event;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NineFeaturesTest {
    private static final LocalDate FIRST_DAY = LocalDate.of(2018, 4, 1);
    private static final LocalDate END = LocalDate.of(2018, 5, 6);
    private static final int LEAST_ROWS_WITH_A_RUN = 500;
    private static final int RUN = 5;

    private final FeatureSet set = FeatureSets.named(FeatureSets.FRAUD);
    private final OfflineFeatures features = new OfflineFeatures(set);
    private final NineFeatures plain = new NineFeatures();
    private final List<String> different = new ArrayList<>();
    private int rowsWithARun;

    @Test
    void equalsTheirPlainDefinitionOnTheHandbooksTransactions() throws IOException {
        HandbookFile.play(FIRST_DAY, END, new HandbookFile.Player() {
            @Override
            public void label(Event event, EntityLabel label) {
                features.label(event, label);
            }

            @Override
            public void transaction(Event event, boolean fraud) {
                compare(event, new NineFeatures.Past(fraud));
            }
        });

        assertThat(different).isEmpty();
        assertThat(rowsWithARun).isGreaterThan(LEAST_ROWS_WITH_A_RUN);
    }

    private void compare(Event event, NineFeatures.Past current) {
        double[] actual = features.event(event);
        double[] expected =
                plain.transaction(event.keys()[0], event.keys()[1], event.timeMillis(), event.numbers()[0], current);
        if (!Arrays.equals(actual, expected) && different.size() < 10) {
            different.add(event.id() + ": " + Arrays.toString(expected) + ", here " + Arrays.toString(actual));
        }
        rowsWithARun += actual[RUN] > 0 ? 1 : 0;
    }
}
