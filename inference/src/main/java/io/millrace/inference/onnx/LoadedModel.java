package io.millrace.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.inference.bundle.Manifest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One model version, ready to score: checked, warmed up, and holding native memory.
 *
 * <p>Threading: thread-safe; several threads score at once, each with its own batch. Closing waits for batches under way.
 * Lifecycle: owns its native session from the loader's return until {@link #close}; there is no other owner and no
 * finalizer, so who loads it closes it.
 */
public final class LoadedModel implements AutoCloseable {
    private static final AtomicLong OPEN_SESSIONS = new AtomicLong();

    private final ModelRef ref;
    private final Manifest manifest;
    private final int width;
    private final OrtSession session;
    // A run on a closed session would crash the process, so the fair order of closing must not rest on callers alone.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    LoadedModel(ModelRef ref, Manifest manifest, int width, OrtSession session) {
        this.ref = ref;
        this.manifest = manifest;
        this.width = width;
        this.session = session;
        OPEN_SESSIONS.incrementAndGet();
    }

    /** Sessions of this process that are loaded and not closed: for tests of leaks, and for a gauge. */
    public static long openSessions() {
        return OPEN_SESSIONS.get();
    }

    public ModelRef ref() {
        return ref;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** SHA-256 of the model's own bytes, which each score carries. */
    public String modelHash() {
        return manifest.modelHash();
    }

    /** Features per row. */
    public int width() {
        return width;
    }

    /** A batch of the right width and number of classes for this model. */
    public ScoreBatch newBatch(int maxRows) {
        return new ScoreBatch(maxRows, width, manifest.classes().size());
    }

    /**
     * Scores the rows in the batch; their probabilities are then in it. A batch without rows is left as it is.
     *
     * @throws IllegalStateException if the model is closed, or the graph fails on rows of the shape it was checked with
     */
    public void score(ScoreBatch batch) {
        if (batch.width() != width || batch.classes() != manifest.classes().size()) {
            throw new IllegalArgumentException(ref + " takes " + width + " features and gives "
                    + manifest.classes().size() + " probabilities, but the batch has " + batch.width() + " and "
                    + batch.classes());
        }
        if (batch.rows() == 0) {
            return;
        }
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(ref + " is closed; hold it for as long as it scores");
            }
            run(batch);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    ref + " failed on a batch of " + batch.rows() + " rows: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
        batch.scored();
    }

    public boolean isClosed() {
        return closed;
    }

    /** Frees the native session, once the batches under way are done. Closing again does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(ref + " could not be closed: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
        OPEN_SESSIONS.decrementAndGet();
    }

    private void run(ScoreBatch batch) throws OrtException {
        OrtEnvironment environment = OrtRuntime.environment();
        long rows = batch.rows();
        try (OnnxTensor inputs = OnnxTensor.createTensor(environment, batch.filledInputs(), new long[] {rows, width});
                OnnxTensor outputs = OnnxTensor.createTensor(
                        environment, batch.awaitedOutputs(), new long[] {rows, batch.classes()});
                OrtSession.Result result =
                        session.run(Map.of(manifest.input(), inputs), Set.of(), Map.of(manifest.output(), outputs))) {
            if (result.size() != 1) {
                throw new IllegalStateException(ref + " gave " + result.size() + " outputs where one was asked for");
            }
        }
    }
}
