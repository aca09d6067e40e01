package io.millrace.stream.swap;

import io.millrace.inference.onnx.LoadedModel;

/**
 * One holder's right to score with one version; the version's native session lives at least as long.
 *
 * <p>Threading: confined to the thread that took it; the model may be run by another one before it is closed. Lifecycle: closed once, when the batch is done.
 */
public final class ModelLease implements AutoCloseable {
    private final SharedModel shared;
    private boolean returned;

    ModelLease(SharedModel shared) {
        this.shared = shared;
    }

    /** The version held. */
    public LoadedModel model() {
        return shared.model();
    }

    @Override
    public void close() {
        if (!returned) {
            returned = true;
            shared.release();
        }
    }
}
