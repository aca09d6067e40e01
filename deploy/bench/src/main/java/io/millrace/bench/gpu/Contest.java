package io.millrace.bench.gpu;

/**
 * One model on one device with batches of one size: as the stream's own session scores it, and as ONNX Runtime alone
 * does. Both take the same batches in the same order.
 *
 * <p>Threading: confined to one thread. Lifecycle: native memory goes with {@link #close}.
 */
public interface Contest extends AutoCloseable {

    /** Scores the next batch as the stream does, from features or tokens to probabilities; the rows it had. */
    int ours();

    /** Scores the next batch with ONNX Runtime alone: tensors are ready, outputs too; the rows it had. */
    int raw();

    @Override
    void close();
}
