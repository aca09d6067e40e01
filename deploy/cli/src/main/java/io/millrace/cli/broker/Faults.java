package io.millrace.cli.broker;

import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the broker's faults and keeps the first fatal one. Kafka's own handlers end the process, which is not the
 * broker's to decide when it is a guest in it.
 *
 * <p>Threading: thread-safe.
 */
final class Faults implements FaultHandlerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    @Override
    public FaultHandler build(String name, boolean isFatal, Runnable action) {
        return (message, cause) -> {
            RuntimeException fault = new IllegalStateException("embedded broker, " + name + ": " + message, cause);
            if (isFatal) {
                fatal.compareAndSet(null, fault);
                LOG.error("embedded broker failed in {}: {}", name, message, cause);
            } else {
                LOG.warn("embedded broker: {}: {}", name, message, cause);
            }
            action.run();
            return fault;
        };
    }

    @Nullable
    Throwable firstFatal() {
        return fatal.get();
    }
}
