package io.millrace.stream.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a pipeline's full batches are run while its stream threads gather the next ones.
 *
 * <p>Threading: thread-safe. Lifecycle: threads start when they are needed, and end with {@link #close}, after those that
 * hand them batches.
 */
final class BatchThreads implements Executor, AutoCloseable {
    private final ExecutorService threads;

    /** @param count as many as the pipeline has stream threads */
    BatchThreads(String pipeline, int count) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "millrace-batch-" + pipeline + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable batch) {
        threads.execute(batch);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
