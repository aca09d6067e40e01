package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.broker.BrokerConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The late labels of {@code bench late-labels}, fewer and over a shorter time. */
class LateLabelBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void everyLabelIsAccountedForAndEveryEventEndsAsItMust() throws Exception {
        BrokerConnection.muteLoopbackWarnings();
        LateLabelBenchmark benchmark = new LateLabelBenchmark(
                20_000, Duration.ofDays(24), Duration.ofDays(12), Duration.ofDays(1), 7, System::nanoTime);

        LateLabelReport report = benchmark.run(folder, events -> {});

        assertThat(report.wrong()).isEmpty();
        assertThat(report.counted().unaccounted()).isZero();
        assertThat(report.counted()).isEqualTo(report.expected());
        assertThat(report.counted().superseded()).isPositive();
        assertThat(report.counted().orphaned()).isPositive();
        assertThat(report.sizes()).anyMatch(size -> size.waitingLabels() > 0);
        assertThat(report.eventsByFate()).hasSize(LateLabelPlan.Fate.values().length);
    }
}
