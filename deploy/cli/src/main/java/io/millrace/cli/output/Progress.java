package io.millrace.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how far long work has come: a bar that redraws itself on a terminal, a line now and then
 * elsewhere.
 *
 * <p>Threading: confined to the thread that does the work. Units: nanoseconds of the caller's monotonic clock.
 * Lifecycle: {@link #close} ends the bar's line and prints the rate.
 */
public final class Progress implements AutoCloseable {

    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BAR_CHARACTERS = 30;

    private final PrintWriter err;
    private final String what;
    private final long total;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private long lastShownNanos;
    private long done;

    /**
     * @param what the things counted, as in "1,000 transactions"
     * @param total how many there are; 0 when that is not known
     * @param terminal whether standard error is looked at by a person, see {@link #isTerminal}
     */
    public Progress(PrintWriter err, String what, long total, boolean terminal, LongSupplier nanoClock) {
        this.err = err;
        this.what = what;
        this.total = total;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.lastShownNanos = startNanos;
    }

    /** Whether the launcher found standard error to be a terminal. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("millrace.terminal");
    }

    /** Says how much is done in all; cheap enough to call for each thousand. */
    public void at(long doneSoFar) {
        done = doneSoFar;
        long nowNanos = nanoClock.getAsLong();
        if (nowNanos - lastShownNanos >= (terminal ? REDRAW_NANOS : REPORT_NANOS)) {
            lastShownNanos = nowNanos;
            show(nowNanos);
        }
    }

    @Override
    public void close() {
        show(nanoClock.getAsLong());
        if (terminal) {
            err.println();
        }
        err.flush();
    }

    private void show(long nowNanos) {
        double seconds = Math.max(1, nowNanos - startNanos) / 1e9;
        String text =
                String.format(Locale.ROOT, "%s%,d %s, %.1f s, %,.0f/s", bar(), done, what, seconds, done / seconds);
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
        } else {
            err.println(text);
        }
        err.flush();
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        double share = Math.min(1.0, (double) done / total);
        int filled = (int) Math.round(share * BAR_CHARACTERS);
        String bar = terminal ? "[" + "#".repeat(filled) + ".".repeat(BAR_CHARACTERS - filled) + "] " : "";
        return bar + Math.round(100 * share) + " % ";
    }
}
