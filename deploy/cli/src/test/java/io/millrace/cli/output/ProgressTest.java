package io.millrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter text = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void printsALineEveryTenSecondsWhereNoTerminalIs() {
        try (Progress progress = new Progress(new PrintWriter(text), "rows", 4_000, false, nanos::get)) {
            progress.at(500);
            nanos.set(TimeUnit.SECONDS.toNanos(10));
            progress.at(1_000);
            nanos.set(TimeUnit.SECONDS.toNanos(12));
            progress.at(4_000);
        }

        assertThat(text.toString().lines())
                .containsExactly("25 % 1,000 rows, 10.0 s, 100/s", "100 % 4,000 rows, 12.0 s, 333/s");
    }

    @Test
    void redrawsABarOnATerminal() {
        try (Progress progress = new Progress(new PrintWriter(text), "rows", 100, true, nanos::get)) {
            nanos.set(TimeUnit.SECONDS.toNanos(1));
            progress.at(50);
        }

        assertThat(text.toString()).contains("\r[###############...............] 50 % 50 rows, 1.0 s, 50/s");
    }
}
