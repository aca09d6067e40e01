package io.millrace.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.live.SendSchedule;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    private static final long MILLI = 1_000_000;

    private final SendSchedule schedule = new SendSchedule(0, 1_000);

    @Test
    void aLatencyCountsFromWhenTheEventWasDue() {
        LatencyRecorder recorder = new LatencyRecorder(schedule, 100, 0);

        recorder.score(100, 1, 5 * MILLI);
        recorder.score(102, 1, 5 * MILLI);

        Percentiles latency = Percentiles.ofMicros(recorder.micros());
        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.p50()).isCloseTo(3, within(0.01));
        assertThat(latency.max()).isCloseTo(5, within(0.01));
        assertThat(recorder.lastArrivalNanos()).isEqualTo(5 * MILLI);
    }

    @Test
    void whatWarmsUpIsNotCounted() {
        LatencyRecorder recorder = new LatencyRecorder(schedule, 0, 2);

        recorder.score(0, 1, 900 * MILLI);
        recorder.score(1, 1, 900 * MILLI);
        recorder.score(2, 1, 3 * MILLI);

        assertThat(Percentiles.ofMicros(recorder.micros()).max()).isCloseTo(1, within(0.01));
    }

    @Test
    void aStallDelaysAllThatWereDueMeanwhile() {
        LatencyRecorder recorder = new LatencyRecorder(schedule, 0, 0);

        for (int event = 0; event < 1_000; event++) {
            recorder.score(event, 1, 1_000 * MILLI);
        }

        Percentiles latency = Percentiles.ofMicros(recorder.micros());
        assertThat(latency.p50()).isCloseTo(501, within(2.0));
        assertThat(latency.p99()).isCloseTo(991, within(2.0));
        assertThat(latency.curve().get(latency.curve().size() - 1).percentile()).isEqualTo(100);
    }
}
