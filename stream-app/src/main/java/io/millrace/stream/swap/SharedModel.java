package io.millrace.stream.swap;

import io.millrace.inference.onnx.LoadedModel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A loaded version with a count of its holders: the slot, and each batch that is being scored. The last holder hands it
 * over to be closed; it does not close the native session itself, since that takes milliseconds for a large model and
 * the last holder is often a batch.
 *
 * <p>Threading: safe for all threads.
 */
final class SharedModel {
    private final LoadedModel model;
    private final Consumer<LoadedModel> retire;
    private final AtomicInteger holders = new AtomicInteger(1);

    SharedModel(LoadedModel model, Consumer<LoadedModel> retire) {
        this.model = model;
        this.retire = retire;
    }

    LoadedModel model() {
        return model;
    }

    /** Adds a holder, or answers false when the session is already gone. */
    boolean tryHold() {
        return holders.updateAndGet(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void release() {
        int left = holders.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("released more often than held: " + model.ref());
        }
        if (left == 0) {
            retire.accept(model);
        }
    }
}
