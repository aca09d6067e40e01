package io.millrace.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.bench.arena.KeyedRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScaleCourseTest {

    @Test
    void threadsNeverOutnumberPartitions() {
        assertThat(ScaleCourse.partitions(List.of(1, 2, 4), 1_000))
                .extracting(ScaleCourse::name)
                .containsExactly(
                        "partitions-1-threads-1",
                        "partitions-2-threads-1",
                        "partitions-2-threads-2",
                        "partitions-4-threads-1",
                        "partitions-4-threads-2",
                        "partitions-4-threads-4");
    }

    @Test
    void pointsThatDifferInThreadsShareATopic() {
        List<ScaleCourse> courses = ScaleCourse.partitions(List.of(1, 2), 1_000);

        assertThat(courses.get(1).topic())
                .isEqualTo(courses.get(2).topic())
                .isNotEqualTo(courses.get(0).topic());
    }

    @Test
    void everyKeyIsThereBeforeTheCountBegins() {
        ScaleCourse course = ScaleCourse.keys(List.of(50L), 1_000).get(0);
        Iterator<KeyedRecord> events = course.events().get();

        Set<String> filled = names(events, course.filling());
        assertThat(filled).hasSize(50);
        assertThat(filled).containsAll(names(events, course.counted()));
    }

    @Test
    void aWindowHoldsAsManyEventsWhateverTheHistory() {
        List<ScaleCourse> courses = ScaleCourse.history(List.of(10L, 100L), 1_000);

        assertThat(courses).extracting(ScaleCourse::keys).containsExactly(20L, 2L);
        assertThat(courses).extracting(ScaleCourse::filling).containsExactly(200L, 200L);
    }

    @Test
    void eventsInTheFutureAreNotPlayed() {
        assertThatThrownBy(() -> ScaleCourse.keys(List.of(1L), 100_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more keys, or fewer records");
    }

    private static Set<String> names(Iterator<KeyedRecord> events, long count) {
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            names.add(new String(events.next().key(), StandardCharsets.UTF_8));
        }
        return names;
    }
}
