package io.millrace.cli.serve;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cli.config.MillraceConfig;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The stream as a process: runs until it is told to stop, or until all its pipelines have failed.
 *
 * <p>Threading: started, awaited and closed by one thread; {@link #stop} by any.
 */
public final class StreamHost implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final MillraceConfig config;
    private final Map<String, Object> kafka;
    private final StreamApp app;
    private final String instance;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Makes the stream of a configuration on a broker. */
    public StreamHost(MillraceConfig config, Map<String, Object> kafka) {
        this.config = config;
        this.kafka = kafka;
        Path configured = config.stream().stateDir();
        Path stateDir = configured == null ? config.data().resolve("state") : configured;
        this.instance = Instance.name(stateDir);
        this.app = new StreamApp(new StreamApp.Settings(
                kafka,
                config.stream(),
                config.pipelines(),
                instance,
                stateDir,
                Clock.systemUTC(),
                new SimpleMeterRegistry()));
    }

    /** Starts the pipelines. */
    public void start() {
        app.start();
    }

    /**
     * Publishes the configured bundles of models without a version.
     *
     * @param step hears in words what is being done
     * @return names of the models that have no version even then; their pipelines wait for one
     */
    public Set<String> publishFirst(Consumer<String> step) {
        return FirstModels.publish(kafka, config.models(), Clock.systemUTC(), step);
    }

    /** The running stream. */
    public StreamApp app() {
        return app;
    }

    /** The name of this process among its peers. */
    public String instance() {
        return instance;
    }

    /** Waits until a pipeline runs; answers false when it does not within the time. */
    public boolean awaitRunning(String pipeline, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (app.state(pipeline) != PipelineState.RUNNING && System.nanoTime() < deadline) {
            if (stopped.await(20, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return app.state(pipeline) == PipelineState.RUNNING;
    }

    /** Waits until {@link #stop}; answers false when the pipelines failed instead. */
    public boolean awaitStop() throws InterruptedException {
        while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean failed = config.pipelines().stream()
                    .allMatch(p -> Objects.equals(app.state(p.name()), PipelineState.FAILED));
            if (failed && !config.pipelines().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Ends {@link #awaitStop}. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        app.close();
    }
}
