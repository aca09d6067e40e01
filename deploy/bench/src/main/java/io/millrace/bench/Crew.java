package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share work out among them, piece by piece.
 *
 * <p>Threading: one caller at a time. Lifecycle: the threads end with {@link #close}.
 */
public final class Crew implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    /** Work on a piece by one of the threads. */
    public interface Piece {
        void work(int thread, int piece);
    }

    /** Starts so many threads. */
    public Crew(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, task -> new Thread(task, "millrace-bench"));
    }

    public int threads() {
        return threads;
    }

    /** Has all pieces done, and returns then. */
    public void each(int pieces, Piece work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            all.add(executor.submit(() -> {
                for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                    work.work(thread, piece);
                }
            }));
        }
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException failure) {
                throw new IllegalStateException("the work failed: " + failure.getCause(), failure);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
