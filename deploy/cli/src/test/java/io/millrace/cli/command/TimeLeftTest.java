package io.millrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private final StringWriter shown = new StringWriter();
    private long nanos;
    private final TimeLeft left = new TimeLeft(new PrintWriter(shown), "epoch 2 of 2", false, () -> nanos);

    @Test
    void whatWasDoneBeforeACutDoesNotCountAsQuick() {
        left.at(500, 1_000);
        nanos = TimeUnit.SECONDS.toNanos(60);
        left.at(600, 1_000);

        assertThat(shown.toString().lines())
                .containsExactly("epoch 2 of 2: 50 %, 500 of 1,000", "epoch 2 of 2: 60 %, 600 of 1,000, 4 min left");
    }

    @Test
    void saysNothingBetweenTwoReportsAndTheEndAtOnce() {
        left.at(0, 1_000);
        nanos = TimeUnit.SECONDS.toNanos(1);
        left.at(10, 1_000);
        left.at(1_000, 1_000);

        assertThat(shown.toString().lines())
                .containsExactly("epoch 2 of 2: 0 %, 0 of 1,000", "epoch 2 of 2: 100 %, 1,000 of 1,000");
    }

    @Test
    void hoursAreHours() {
        left.at(0, 1_000);
        nanos = TimeUnit.MINUTES.toNanos(1);
        left.at(10, 1_000);

        assertThat(shown.toString()).contains("1 h 39 min left");
    }
}
