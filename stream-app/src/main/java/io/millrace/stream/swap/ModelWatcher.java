package io.millrace.stream.swap;

import io.millrace.schemas.registry.ModelRegistryReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the model topics and tells each pipeline's switch, on a thread of its own: loading, checking, warming up and
 * closing never touch the record path.
 *
 * <p>Lifecycle: owns its thread and its reader; {@link #close} stops both, then empties the slots.
 */
public final class ModelWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelWatcher.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ModelRegistryReader reader;
    private final List<ModelSwitch> switches;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Makes the watcher of these pipelines; it closes the reader. */
    public ModelWatcher(ModelRegistryReader reader, List<ModelSwitch> switches) {
        this.reader = reader;
        this.switches = List.copyOf(switches);
        this.thread = new Thread(this::run, "millrace-model-watcher");
    }

    /** Starts to follow. */
    public void start() {
        thread.start();
    }

    private void run() {
        boolean read = false;
        boolean behind = true;
        while (stopped.getCount() > 0) {
            try {
                if (!read) {
                    reader.read();
                    read = true;
                } else if (reader.poll(POLL)) {
                    behind = true;
                }
                if (behind) {
                    switches.forEach(s -> s.follow(reader.view()));
                    behind = false;
                }
                switches.forEach(ModelSwitch::closeRetired);
            } catch (RuntimeException e) {
                // The broker may be away for a while: the present versions go on, and this thread tries again.
                log.atWarn().setCause(e).log("cannot follow the model topics, trying again");
                pauseAfterFailure();
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            if (stopped.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("stopped while waiting to try again");
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.close();
        switches.forEach(ModelSwitch::close);
    }
}
