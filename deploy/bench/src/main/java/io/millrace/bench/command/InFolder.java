package io.millrace.bench.command;

import io.millrace.cli.output.FailedException;
import io.millrace.cli.output.Progress;
import io.millrace.cli.output.TemporaryFolder;
import io.millrace.inference.onnx.ModelRefusedException;
import io.millrace.inference.onnx.quantize.NotQuantizableException;
import io.millrace.trainer.learn.LearningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Does the work of a command in a folder of its own, and tells what went wrong in the words that all commands have.
 *
 * <p>Threading: confined to the main thread. Lifecycle: the folder goes when its work ends.
 */
final class InFolder {
    private final CommandSpec command;

    InFolder(CommandSpec command) {
        this.command = command;
    }

    /** Work that needs a folder. */
    interface Work<T> {
        T in(Path folder)
                throws LearningException, ModelRefusedException, NotQuantizableException, IOException,
                        InterruptedException;
    }

    /** Work that needs a folder, and says how far it is. */
    interface CountedWork<T> {
        T in(Path folder, Progress progress)
                throws LearningException, ModelRefusedException, NotQuantizableException, IOException,
                        InterruptedException;
    }

    /**
     * What the work comes to.
     *
     * @throws FailedException if it could not be done
     */
    <T> T run(Work<T> work) {
        try (TemporaryFolder folder = TemporaryFolder.create("millrace-bench-" + command.name())) {
            return work.in(folder.path());
        } catch (LearningException failure) {
            throw new FailedException("the model could not be trained: " + failure.getMessage(), failure);
        } catch (ModelRefusedException | NotQuantizableException failure) {
            throw new FailedException(String.valueOf(failure.getMessage()), failure);
        } catch (IOException e) {
            throw new UncheckedIOException("the run's folder could not be used: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    /**
     * What the work comes to, while standard error shows how far it is.
     *
     * @param what the things counted
     * @param total how many there are
     * @throws FailedException if it could not be done
     */
    <T> T run(String what, long total, CountedWork<T> work) {
        return run(folder -> {
            try (Progress progress = new Progress(err(), what, total, Progress.isTerminal(), System::nanoTime)) {
                return work.in(folder, progress);
            }
        });
    }

    /** Prints each step on standard error. */
    Consumer<String> steps() {
        PrintWriter err = err();
        return step -> {
            err.println(step);
            err.flush();
        };
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
