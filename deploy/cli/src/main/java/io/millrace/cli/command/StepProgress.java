package io.millrace.cli.command;

import io.millrace.cli.output.Progress;
import io.millrace.trainer.pretrain.PretrainingProgress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Shows a pretraining on standard error: a line for each step, and a count where there is one.
 *
 * <p>Threading: confined to the thread that does the work.
 */
final class StepProgress implements PretrainingProgress, AutoCloseable {

    private final PrintWriter err;
    private @Nullable Progress current;
    private @Nullable TimeLeft tuning;

    StepProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void step(String description) {
        close();
        err.println(description);
    }

    @Override
    public void featuresDone(long transactions) {
        if (current == null) {
            current = new Progress(err, "transactions", 0, Progress.isTerminal(), System::nanoTime);
        }
        current.at(transactions);
    }

    @Override
    public void tuning(String step, long done, long total) {
        if (tuning == null || !tuning.isOf(step)) {
            close();
            tuning = new TimeLeft(err, step, Progress.isTerminal(), System::nanoTime);
        }
        tuning.at(done, total);
    }

    @Override
    public void close() {
        if (tuning != null) {
            tuning.close();
            tuning = null;
        }
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
