package io.millrace.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.bench.arena.ChildJvm;
import io.millrace.bench.arena.ChildMain;
import io.millrace.bench.arena.RunRequest;
import io.millrace.bench.arena.StreamContender;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.BundleFolder;
import io.millrace.inference.onnx.ExecutionDevice;
import io.millrace.stream.config.StreamConfig;
import io.millrace.stream.runtime.StreamApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/**
 * One stream instance in a process of its own, with a name and a state folder that outlive it.
 *
 * <p>Threading: one thread asks at a time. Lifecycle: {@link #close} has it commit and leave its group; {@link #kill} does
 * not.
 */
final class StreamInstance implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx1g");
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final String STOP = "stop";

    private final ChildJvm child;
    private final String instance;
    private final Path stateFolder;
    private boolean running = true;

    /**
     * What an instance runs.
     *
     * @param work topics, model and threads
     * @param instance its name
     * @param standbyReplicas copies of the state on other instances
     */
    record Start(RunRequest work, String instance, String stateFolder, int standbyReplicas) {}

    private StreamInstance(ChildJvm child, String instance, Path stateFolder) {
        this.child = child;
        this.instance = instance;
        this.stateFolder = stateFolder;
    }

    /** Starts the process, and has it start the stream; returns without waiting for the stream. */
    static StreamInstance start(RunRequest work, String instance, Path folder, int standbyReplicas)
            throws InterruptedException {
        ChildJvm child =
                ChildJvm.start("stream-" + instance, ChildJvm.Launch.of(StreamInstance.class, OPTIONS), folder);
        Path state = stateFolder(folder, instance);
        try {
            JsonNode unused = child.ask(new Start(work, instance, state.toString(), standbyReplicas), ANSWER);
            return new StreamInstance(child, instance, state);
        } catch (RuntimeException | InterruptedException failure) {
            child.close();
            throw failure;
        }
    }

    static Path stateFolder(Path folder, String instance) {
        return folder.resolve("state-" + instance);
    }

    /** Its name. */
    String instance() {
        return instance;
    }

    Path stateFolder() {
        return stateFolder;
    }

    /** Like {@code kill -9}. */
    void kill() throws InterruptedException {
        running = false;
        child.kill();
        child.close();
    }

    /** Has it commit what it scored, leave its group, and end. */
    void stop() throws InterruptedException {
        running = false;
        try {
            JsonNode unused = child.ask(Map.of("op", STOP), ANSWER);
        } finally {
            child.close();
        }
    }

    @Override
    public void close() {
        if (running) {
            child.close();
        }
    }

    /** Where the process begins. */
    public static void main(String[] arguments) throws IOException {
        BrokerConnection.muteLoopbackWarnings();
        Served served = new Served();
        ChildMain.serve(served::answer);
    }

    /** The process's side. Threading: confined to its main thread. */
    private static final class Served {
        private final ObjectMapper json = new ObjectMapper();
        private final ArrayDeque<StreamApp> apps = new ArrayDeque<>();

        Object answer(JsonNode request) throws IOException {
            if (request.path("op").asText().equals(STOP)) {
                while (!apps.isEmpty()) {
                    apps.pop().close();
                }
                return Map.of("stopped", true);
            }
            start(json.treeToValue(request, Start.class));
            return Map.of("started", true);
        }

        private void start(Start start) {
            RunRequest work = start.work();
            Map<String, Object> kafka = Map.of("bootstrap.servers", work.bootstrap());
            Bundle bundle = BundleFolder.read(Path.of(work.model()));
            StreamContender.publish(kafka, bundle);
            StreamConfig stream = StreamConfig.of(
                    work.threads(), null, null, ExecutionDevice.CPU, 1, null, null, start.standbyReplicas());
            StreamApp app = new StreamApp(new StreamApp.Settings(
                    kafka,
                    stream,
                    List.of(StreamContender.pipeline(work, bundle.manifest())),
                    start.instance(),
                    Path.of(start.stateFolder()),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry()));
            apps.push(app);
            app.start();
        }
    }
}
