package io.millrace.stream.scoring;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.stream.swap.ModelLease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A full batch that its version runs over on another thread, while the task gathers the next one.
 *
 * <p>Threading: confined to its task. Lifecycle: ends with {@link #close}, which waits for the run and gives the lease
 * back; until then nobody else touches the batch.
 */
final class Flight implements AutoCloseable {
    private final Scorer batch;
    private final ModelLease lease;
    private final CompletableFuture<Long> tookNanos;

    private Flight(Scorer batch, ModelLease lease, CompletableFuture<Long> tookNanos) {
        this.batch = batch;
        this.lease = lease;
        this.tookNanos = tookNanos;
    }

    /** Begins the run of a prepared batch, which owns the lease from then on. */
    static Flight begin(Scorer batch, ModelLease lease, Executor executor) {
        LoadedModel model = lease.model();
        return new Flight(batch, lease, CompletableFuture.supplyAsync(() -> batch.run(model), executor));
    }

    Scorer batch() {
        return batch;
    }

    ModelLease lease() {
        return lease;
    }

    boolean isDone() {
        return tookNanos.isDone();
    }

    /** Waits for the run; how long it took. An exception of the run is thrown here. */
    long await() {
        try {
            return tookNanos.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    /** What the run threw matters to nobody any more: whoever wanted to know has waited. */
    @Override
    public void close() {
        tookNanos.handle((took, thrown) -> took).join();
        batch.clear();
        lease.close();
    }
}
