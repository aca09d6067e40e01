package io.millrace.stream.swap;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ModelRef;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The version that a pipeline scores with now. A batch takes one lease, so that it never mixes versions; a version
 * that was replaced is handed over to be closed when its last batch is done.
 *
 * <p>Threading: {@code lease} by the stream threads, {@code replace} and {@code close} by the watcher. Lifecycle: owns
 * the versions given to it until it hands them over to be closed.
 */
public final class ModelSlot implements AutoCloseable {
    private final Consumer<LoadedModel> retire;
    private volatile @Nullable SharedModel current;

    /**
     * Makes an empty slot.
     *
     * @param retire takes each version that nothing scores with any more, and has it closed; often called on the record
     *     path, which must not wait for that
     */
    public ModelSlot(Consumer<LoadedModel> retire) {
        this.retire = retire;
    }

    /** A lease on the present version; empty when none has arrived yet. */
    public Optional<ModelLease> lease() {
        SharedModel model = current;
        while (model != null) {
            if (model.tryHold()) {
                return Optional.of(new ModelLease(model));
            }
            model = current; // a swap came between
        }
        return Optional.empty();
    }

    /** Which version the next batch will score with; empty when none has arrived yet. */
    public Optional<ModelRef> version() {
        SharedModel model = current;
        return model == null ? Optional.empty() : Optional.of(model.model().ref());
    }

    /** Puts a version in: the next batch scores with it. The slot closes it in the end. */
    public void replace(LoadedModel next) {
        SharedModel old;
        synchronized (this) {
            old = current;
            current = new SharedModel(next, retire);
        }
        if (old != null) {
            old.release();
        }
    }

    @Override
    public void close() {
        SharedModel old;
        synchronized (this) {
            old = current;
            current = null;
        }
        if (old != null) {
            old.release();
        }
    }
}
