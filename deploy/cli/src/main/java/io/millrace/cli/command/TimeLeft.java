package io.millrace.cli.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how much of a long step is done and how long the rest will take. It may begin in the middle, where a step that was
 * cut off goes on: only what is done from then on says how quick it is.
 *
 * <p>Threading: confined to the thread that does the work. Units: nanoseconds of the caller's monotonic clock. Lifecycle:
 * {@link #close} ends the line.
 */
final class TimeLeft implements AutoCloseable {
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PrintWriter err;
    private final String step;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private long firstDone = -1;
    private long firstNanos;
    private long lastShownNanos;
    private String lastLine = "";

    /**
     * @param terminal whether standard error is looked at by a person
     */
    TimeLeft(PrintWriter err, String step, boolean terminal, LongSupplier nanoClock) {
        this.err = err;
        this.step = step;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
    }

    boolean isOf(String otherStep) {
        return step.equals(otherStep);
    }

    /** So much of the step is done. */
    void at(long done, long total) {
        long now = nanoClock.getAsLong();
        if (firstDone < 0) {
            firstDone = done;
            firstNanos = now;
        } else if (done < total && now - lastShownNanos < (terminal ? REDRAW_NANOS : REPORT_NANOS)) {
            return;
        }
        lastShownNanos = now;
        lastLine = line(done, total, now);
        err.print(terminal ? "\r" + lastLine + "\u001b[K" : lastLine + System.lineSeparator());
        err.flush();
    }

    @Override
    public void close() {
        if (terminal && !lastLine.isEmpty()) {
            err.println();
            err.flush();
        }
    }

    private String line(long done, long total, long now) {
        String line = String.format(
                Locale.ROOT, "%s: %d %%, %,d of %,d", step, total == 0 ? 100 : 100 * done / total, done, total);
        if (done <= firstDone || done >= total) {
            return line;
        }
        double nanosEach = (double) (now - firstNanos) / (done - firstDone);
        return line + ", " + words(Duration.ofNanos((long) (nanosEach * (total - done)))) + " left";
    }

    private static String words(Duration left) {
        return left.toHours() > 0
                ? left.toHours() + " h " + left.toMinutesPart() + " min"
                : left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
    }
}
