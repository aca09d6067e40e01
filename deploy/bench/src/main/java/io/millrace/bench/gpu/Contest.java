package io.millrace.bench.gpu;

import io.millrace.inference.onnx.LoadedModel;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One model on one device with batches of one size: as the stream's own session scores it, and as ONNX Runtime alone
 * does. Both take the same batches in the same order, round and round.
 *
 * <p>Threading: confined to one thread. Lifecycle: owns the model and the session until {@link #close}.
 *
 * @param <T> what a row is made of: features or tokens
 */
public final class Contest<T> implements AutoCloseable {
    private final LoadedModel model;
    private final RawSession raw;
    private final List<List<T>> batches;
    private final ToIntFunction<List<T>> scoring;
    private int next;

    /**
     * Makes a contest.
     *
     * @param raw has the same batches ready
     * @param scoring scores a batch with the model and answers the rows it had
     */
    Contest(LoadedModel model, RawSession raw, List<List<T>> batches, ToIntFunction<List<T>> scoring) {
        this.model = model;
        this.raw = raw;
        this.batches = batches;
        this.scoring = scoring;
    }

    /** Scores the next batch as the stream does, from features or tokens to probabilities; the rows it had. */
    public int ours() {
        List<T> batch = batches.get(next);
        next = (next + 1) % batches.size();
        return scoring.applyAsInt(batch);
    }

    /** Scores the next batch with ONNX Runtime alone: tensors are ready, outputs too; the rows it had. */
    public int raw() {
        return raw.runNext();
    }

    @Override
    public void close() {
        raw.close();
        model.close();
    }
}
