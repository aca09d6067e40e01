package io.millrace.stream.commit;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A store that holds nothing, but is told before each commit: so a processor that keeps rows between two calls of
 * {@code process} can send them out before the offsets of those rows are committed.
 *
 * <p>Kafka Streams has no public call-back before a commit ({@code StateStore.commit} comes after the offsets). It
 * does flush the caches of its stores first of all, on a regular commit, on revocation and on a clean close, and knows
 * them by the internal {@link CachedStateStore}. Forwarding from there needs the current node to be set, as the
 * built-in caches do it, on the internal {@link InternalProcessorContext}. These two internals are used here and
 * nowhere else; a test crashes with rows waiting, and fails if an upgrade of Kafka breaks the order.
 *
 * <p>A cached store downstream in the same sub-topology could have been flushed before this hook runs, and would keep
 * what the hook sends it past the commit: downstream stores must not cache.
 *
 * <p>Threading: confined to the task that owns it.
 */
public final class CommitHook implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private Runnable drain = () -> {};
    private boolean open;

    private CommitHook(String name) {
        this.name = name;
    }

    /** Has {@code drain} run before each commit as if the processor of {@code context} were processing. */
    public <K, V> void beforeCommit(ProcessorContext<K, V> context, Runnable drain) {
        InternalProcessorContext<K, V> internal = (InternalProcessorContext<K, V>) context;
        var self = internal.currentNode();
        this.drain = () -> {
            var previous = internal.currentNode();
            internal.setCurrentNode(self);
            try {
                drain.run();
            } finally {
                internal.setCurrentNode(previous);
            }
        };
    }

    @Override
    public void flushCache() {
        drain.run();
    }

    @Override
    public void clearCache() {
        // Called when a task is closed dirty: its rows come again, and the processor drops them in close().
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Builds the hook of each task; neither logged nor cached, since it holds nothing. */
    public record Builder(String name) implements StoreBuilder<CommitHook> {
        @Override
        public CommitHook build() {
            return new CommitHook(name);
        }

        @Override
        public StoreBuilder<CommitHook> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
