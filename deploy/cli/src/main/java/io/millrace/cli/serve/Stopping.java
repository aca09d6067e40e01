package io.millrace.cli.serve;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: the work is told to stop, and the process waits for it to close what
 * it holds.
 *
 * <p>Threading: made and closed by the main thread. Lifecycle: closed last, when all else is.
 */
public final class Stopping implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private volatile Runnable stop = () -> {};

    private Stopping() {}

    /** Watches for signals; after one, the process lives until {@link #close}, or for a minute at most. */
    public static Stopping onSignal() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::signalled, "millrace-stop"));
        return stopping;
    }

    /** Has {@code action} run on a signal, or at once if one came already. */
    public void tell(Runnable action) {
        stop = action;
        if (requested()) {
            action.run();
        }
    }

    /** Whether a signal came. */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    private void signalled() {
        requested.countDown();
        stop.run();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("millrace: did not stop within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
