package io.millrace.inference.feature.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import io.millrace.schemas.codec.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The handbook's own features, recomputed from its transactions with labels that come seven days later. */
class HandbookGoldenTest {
    private static final long LABEL_DELAY_MILLIS = Duration.ofDays(7).toMillis();
    /** The oldest event that a window of a golden row can see is 37 days before 2018-07-25. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2018, 6, 17);

    /** A slice of the file's 21 days, so that the test is quick. */
    private static final int GOLDEN_ROWS = 40_000;

    private static final double RELATIVE_TOLERANCE = 1e-9;

    private final FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);

    @Test
    void equalsTheHandbooksOwnFeatures() throws IOException {
        Path transactions = RepositoryFiles.sharedData("handbook_transactions_raw.csv.gz");
        Map<String, double[]> golden =
                readGolden(RepositoryFiles.sharedData("handbook_features_golden_2018-07-25_2018-08-14.csv.gz"));
        OfflineFeatures features = new OfflineFeatures(set);
        Queue<Labelled> unlabelled = new ArrayDeque<>();
        Map<String, Event> lastOfCustomer = new HashMap<>();
        Set<String> tied = new HashSet<>();
        Map<String, String> different = new HashMap<>();
        int compared = 0;
        boolean begun = false;

        try (BufferedReader in = open(transactions)) {
            List<String> header = List.of(in.readLine().split(",", -1));
            int fraud = header.indexOf("TX_FRAUD");
            String firstDay = FIRST_DAY.toString();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(firstDay, line.indexOf(',') + 1)) {
                    begun = true;
                }
                if (!begun) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                Event event = event(cells);
                while (!unlabelled.isEmpty() && unlabelled.element().dueMillis() <= event.timeMillis()) {
                    Labelled labelled = unlabelled.remove();
                    features.label(labelled.event, labelled.label());
                }
                double[] actual = features.event(event);
                unlabelled.add(new Labelled(event, cells[fraud].equals("1")));
                Event before = lastOfCustomer.put(event.keys()[0], event);
                if (before != null && before.timeMillis() == event.timeMillis()) {
                    tied.addAll(List.of(before.id(), event.id()));
                }
                double[] expected = golden.remove(event.id());
                if (expected == null) {
                    continue;
                }
                compared++;
                String difference = difference(expected, actual);
                if (difference != null) {
                    different.put(event.id(), difference);
                }
                if (golden.isEmpty()) {
                    break;
                }
            }
        }

        assertThat(compared).isEqualTo(GOLDEN_ROWS);
        assertThat(different).hasSizeLessThan(5);
        assertThat(tied)
                .as("only where one customer has two transactions in one second: %s", different)
                .containsAll(different.keySet());
    }

    private static Event event(String[] cells) {
        long day = LocalDate.parse(cells[1].substring(0, 10))
                .atStartOfDay(ZoneOffset.UTC)
                .toEpochSecond();
        long seconds = day
                + Integer.parseInt(cells[1].substring(11, 13)) * 3_600L
                + Integer.parseInt(cells[1].substring(14, 16)) * 60L
                + Integer.parseInt(cells[1].substring(17, 19));
        return new Event(
                cells[0],
                seconds * 1_000,
                new String[] {cells[2], cells[3]},
                new double[] {Double.parseDouble(cells[4])},
                null);
    }

    private Map<String, double[]> readGolden(Path file) throws IOException {
        Map<String, double[]> rows = new HashMap<>();
        try (BufferedReader in = open(file)) {
            List<String> header = List.of(in.readLine().split(",", -1));
            int[] columns = set.features().stream()
                    .mapToInt(feature -> header.indexOf(feature.name()))
                    .toArray();
            for (String line = in.readLine(); rows.size() < GOLDEN_ROWS; line = in.readLine()) {
                String[] cells = line.split(",", -1);
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

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
    }

    private record Labelled(Event event, boolean fraud) {
        long dueMillis() {
            return event.timeMillis() + LABEL_DELAY_MILLIS;
        }

        EntityLabel label() {
            return new EntityLabel(event.id(), event.timeMillis(), dueMillis(), fraud, false);
        }
    }
}
