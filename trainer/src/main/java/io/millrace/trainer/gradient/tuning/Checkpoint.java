package io.millrace.trainer.gradient.tuning;

import io.millrace.trainer.learn.LearningException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file with the state of a long tuning, so that one that was cut off goes on from it and ends in the same bytes.
 *
 * <p>Threading: confined to one thread; one process per file. Lifecycle: the file is replaced as a whole, and stays until
 * {@link #delete}.
 *
 * @param file where it is
 * @param run what the state is of: the same model, examples, settings and seed have the same words
 * @param everySteps how often it is written
 */
public record Checkpoint(Path file, String run, int everySteps) {
    private static final int BUFFER_BYTES = 1 << 20;

    public Checkpoint {
        if (everySteps < 1) {
            throw new IllegalArgumentException("a checkpoint every " + everySteps + " steps is none: say 1 or more");
        }
    }

    boolean isDue(long steps) {
        return steps % everySteps == 0;
    }

    /**
     * What was written last; null if nothing was.
     *
     * @throws LearningException if the file is of another run, or broken
     */
    @Nullable
    TuningState read() throws LearningException {
        if (!Files.exists(file)) {
            return null;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            String of = in.readUTF();
            if (!of.equals(run)) {
                throw new LearningException(
                        "the checkpoint " + file + " is of another run, " + of + ", not of " + run
                                + ": the model, the examples, the settings or the seed differ; delete it, or give another folder");
            }
            return TuningState.read(in);
        } catch (EOFException e) {
            throw new LearningException("the checkpoint " + file + " is cut off: delete it to begin anew", e);
        } catch (IOException e) {
            throw new LearningException("the checkpoint " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(TuningState state, Map<String, float[]> weights, AdamW.Memory optimiser) throws LearningException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh), BUFFER_BYTES))) {
                out.writeUTF(run);
                state.write(out, weights, optimiser);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LearningException("the checkpoint " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Removes the file; what comes next begins anew. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
