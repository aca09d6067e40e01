package io.millrace.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.text.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * One model version, ready to score: checked, warmed up, and holding native memory.
 *
 * <p>Threading: thread-safe; several threads score at once, each with its own batch. Closing waits for batches under way.
 * Lifecycle: owns its native session, and the tokenizer of a model of texts, from the loader's return until
 * {@link #close}; there is no other owner and no finalizer, so who loads it closes it.
 */
public final class LoadedModel implements AutoCloseable {
    private static final AtomicLong OPEN_SESSIONS = new AtomicLong();

    private final ModelRef ref;
    private final Manifest manifest;
    private final String modelHash;
    private final int width;
    private final OrtSession session;
    private final @Nullable TextInputs texts;
    // A run on a closed session would crash the process, so the fair order of closing must not rest on callers alone.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    LoadedModel(
            ModelRef ref,
            Manifest manifest,
            String modelHash,
            int width,
            OrtSession session,
            @Nullable TextInputs texts) {
        this.ref = ref;
        this.manifest = manifest;
        this.modelHash = modelHash;
        this.width = width;
        this.session = session;
        this.texts = texts;
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

    /** SHA-256 of the model's own bytes, those of the form that runs, which each score carries. */
    public String modelHash() {
        return modelHash;
    }

    /** Features per row; 0 of a model of texts. */
    public int width() {
        return width;
    }

    /** A batch of the right width and number of classes for this model. */
    public ScoreBatch newBatch(int maxRows) {
        return new ScoreBatch(maxRows, width, manifest.classes().size());
    }

    /** A batch of texts with the right number of classes for this model. */
    public TextBatch newTextBatch() {
        return new TextBatch(manifest.classes().size());
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
            requireOpen();
            run(batch);
        } catch (OrtException e) {
            throw failure(batch.rows() + " rows", e);
        } finally {
            lock.readLock().unlock();
        }
        batch.scored();
    }

    /**
     * Scores the texts in the batch; their probabilities are then in it. A batch without texts is left as it is.
     *
     * @throws IllegalStateException if the model is closed or reads no texts, or the graph fails
     */
    public void score(TextBatch batch) {
        TextInputs inputs = requireTexts();
        if (batch.classes() != manifest.classes().size()) {
            throw new IllegalArgumentException(ref + " gives "
                    + manifest.classes().size() + " probabilities, but the batch has " + batch.classes());
        }
        if (batch.rows() == 0) {
            return;
        }
        batch.fill();
        lock.readLock().lock();
        try {
            requireOpen();
            run(batch, inputs.names());
        } catch (OrtException e) {
            throw failure(batch.rows() + " texts of up to " + batch.longest() + " tokens", e);
        } finally {
            lock.readLock().unlock();
        }
        batch.scored();
    }

    /**
     * A text as this model reads it.
     *
     * @throws IllegalStateException if the model is closed or reads no texts
     */
    public Tokens encode(String text) {
        TextInputs inputs = requireTexts();
        lock.readLock().lock();
        try {
            requireOpen();
            return inputs.encoder().encode(text);
        } finally {
            lock.readLock().unlock();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Frees the native memory, once the batches under way are done. Closing again does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                session.close();
            } finally {
                if (texts != null) {
                    texts.encoder().close();
                }
            }
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
            requireOne(result);
        }
    }

    private void run(TextBatch batch, Set<String> names) throws OrtException {
        OrtEnvironment environment = OrtRuntime.environment();
        long[] shape = {batch.rows(), batch.longest()};
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            for (String name : names) {
                inputs.put(name, OnnxTensor.createTensor(environment, batch.input(name), shape));
            }
            try (OnnxTensor outputs = OnnxTensor.createTensor(
                            environment, batch.awaitedOutputs(), new long[] {batch.rows(), batch.classes()});
                    OrtSession.Result result = session.run(inputs, Set.of(), Map.of(manifest.output(), outputs))) {
                requireOne(result);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private TextInputs requireTexts() {
        if (texts == null) {
            throw new IllegalStateException(ref + " reads rows of features, no texts");
        }
        return texts;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(ref + " is closed; hold it for as long as it scores");
        }
    }

    private void requireOne(OrtSession.Result result) {
        if (result.size() != 1) {
            throw new IllegalStateException(ref + " gave " + result.size() + " outputs where one was asked for");
        }
    }

    private IllegalStateException failure(String batch, OrtException e) {
        return new IllegalStateException(ref + " failed on a batch of " + batch + ": " + e.getMessage(), e);
    }
}
