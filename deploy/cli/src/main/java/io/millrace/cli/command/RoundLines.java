package io.millrace.cli.command;

import io.millrace.trainer.round.RoundProgress;
import java.io.PrintWriter;

/**
 * Shows a round of training on standard error: a line for each step.
 *
 * <p>Threading: confined to the thread that does the work.
 */
final class RoundLines implements RoundProgress, AutoCloseable {
    private final PrintWriter err;
    private String shown = "";

    RoundLines(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(Stage stage, String step, long done, long total) {
        if (!step.equals(shown)) {
            shown = step;
            err.println(step);
            err.flush();
        }
    }

    @Override
    public void close() {
        err.flush();
    }
}
