package io.millrace.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.codec.Event;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandbookWeekTest {

    private static final LocalDate START = LocalDate.of(2018, 7, 25);

    private final FeatureTable table = new FeatureTable(1);

    @Test
    void theTestWeekBeginsTwoWeeksAfterTheTrainingWeek() {
        for (int day = -1; day <= 21; day++) {
            add(day, "honest", false);
        }

        HandbookWeek week = HandbookWeek.of(table, START, 0);

        assertThat(days(week.trainingRows())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(days(week.testRows())).containsExactly(14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }

    @Test
    void aCustomerDefraudedInTheTrainingWeekIsNotTested() {
        add(3, "victim", true);
        add(14, "victim", false);
        add(14, "other", false);

        HandbookWeek week = HandbookWeek.of(table, START, 0);

        assertThat(customers(week.testRows())).containsExactly("other");
    }

    @Test
    void aCustomerDefraudedInTheWaitingWeekIsNotTestedOnceTheLabelIsKnown() {
        add(0, "other", false);
        add(8, "victim", true);
        for (int day = 14; day <= 20; day++) {
            add(day, "victim", false);
        }

        HandbookWeek week = HandbookWeek.of(table, START, 0);

        // A fraud of day 8 is known on test day start + 7 + i - 1 = 8, so i = 2 and later.
        assertThat(days(week.testRows())).containsExactly(14L, 15L);
    }

    @Test
    void aStartOutsideTheFileIsRefused() {
        add(0, "honest", false);

        assertThatThrownBy(() -> HandbookWeek.of(table, START, 0)).hasMessageContaining("choose a start inside");
    }

    private void add(int day, String customer, boolean fraud) {
        long timeMillis = (START.toEpochDay() + day) * 86_400_000L + 5_000;
        Event event = new Event("e" + table.rows(), timeMillis, new String[] {customer}, new double[0], null);
        table.add(new LabelledEvent(event, fraud), new double[] {0});
    }

    private List<Long> days(int[] rows) {
        return Arrays.stream(rows)
                .mapToObj(row -> table.day(row) - START.toEpochDay())
                .toList();
    }

    private List<String> customers(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> table.key(row, 0)).toList();
    }
}
