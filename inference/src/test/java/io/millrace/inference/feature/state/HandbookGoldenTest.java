package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.schemas.codec.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The handbook's own features, recomputed from its transactions with labels that come seven days later. Of all 201,295 rows
 * two differ, 1240489 and 1240490: two transactions of one customer in one second, each of which the handbook's order puts
 * the other way round.
 */
class HandbookGoldenTest {
    /** The oldest event that a window of a golden row can see is 37 days before 2018-07-25. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2018, 6, 17);
    /** A slice of the file's 21 days, so that the test is quick. */
    private static final LocalDate END = LocalDate.of(2018, 7, 28);

    private static final int END_DAY_OF_FILE = 118;
    private static final int GOLDEN_ROWS = 28_859;
    private static final double RELATIVE_TOLERANCE = 1e-9;

    private final FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);
    private final OfflineFeatures features = new OfflineFeatures(set);
    private final Map<String, Event> lastOfCustomer = new HashMap<>();
    private final Set<String> tied = new HashSet<>();
    private final Map<String, String> different = new HashMap<>();
    private int compared;

    @Test
    void equalsTheHandbooksOwnFeatures() throws IOException {
        Map<String, double[]> golden = readGolden();

        HandbookFile.play(FIRST_DAY, END, new HandbookFile.Player() {
            @Override
            public void label(Event event, EntityLabel label) {
                features.label(event, label);
            }

            @Override
            public void transaction(Event event, boolean fraud) {
                compare(event, golden.get(event.id()));
            }
        });

        assertThat(compared).isEqualTo(GOLDEN_ROWS);
        assertThat(different).hasSizeLessThan(5);
        assertThat(tied)
                .as("only where one customer has two transactions in one second: %s", different)
                .containsAll(different.keySet());
    }

    private void compare(Event event, double @Nullable [] expected) {
        double[] actual = features.event(event);
        Event before = lastOfCustomer.put(event.keys()[0], event);
        if (before != null && before.timeMillis() == event.timeMillis()) {
            tied.addAll(List.of(before.id(), event.id()));
        }
        if (expected != null) {
            compared++;
            String difference = difference(expected, actual);
            if (difference != null) {
                different.put(event.id(), difference);
            }
        }
    }

    private Map<String, double[]> readGolden() throws IOException {
        Map<String, double[]> rows = new HashMap<>();
        try (BufferedReader in = HandbookFile.open("handbook_features_golden_2018-07-25_2018-08-14.csv.gz")) {
            List<String> header = List.of(in.readLine().split(",", -1));
            int[] columns = set.features().stream()
                    .mapToInt(feature -> header.indexOf(feature.name()))
                    .toArray();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                if (Integer.parseInt(cells[1]) >= END_DAY_OF_FILE) {
                    break;
                }
                double[] row = new double[columns.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.parseDouble(cells[columns[i]]);
                }
                rows.put(cells[0], row);
            }
        }
        return rows;
    }

    private @Nullable String difference(double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(actual[i] - expected[i]) > RELATIVE_TOLERANCE * Math.max(1, Math.abs(expected[i]))) {
                return set.features().get(i).name() + ": handbook " + expected[i] + ", here " + actual[i];
            }
        }
        return null;
    }
}
