package io.millrace.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.arena.ChildMain;
import io.millrace.cli.broker.BrokerConnection;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.onnx.ModelRef;
import io.millrace.stream.runtime.PipelineMeters;
import io.millrace.stream.runtime.PipelineState;
import io.millrace.stream.runtime.StreamApp;
import io.millrace.stream.runtime.TextMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the process of the stream begins: the product's own stream with one pipeline after another, as it is ordered,
 * looked at where it times itself and where it hands over its outputs. The JVM stays, and stays warm.
 *
 * <p>Threading: requests are answered one after the other on the main thread. Units: nanoseconds of the machine's
 * monotonic clock.
 */
final class StreamWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(2);
    /** Looking wakes a thread beside the one that is measured. */
    private static final long LOOK_MILLIS = 10;

    private final Times gaps = new Times();
    private final Times batches = new Times();
    private final Times swaps = new Times();
    private final Times tellings = new Times();
    private @Nullable StreamApp app;
    private String pipeline = "";
    private String model = "";
    private int swapsSeen;

    private StreamWorker() {}

    public static void main(String[] arguments) throws IOException {
        BrokerConnection.muteLoopbackWarnings();
        StreamWorker worker = new StreamWorker();
        ChildMain.serve(worker::answer);
    }

    private Object answer(JsonNode request) throws Exception {
        String operation = request.get("op").asText();
        return switch (operation) {
            case "start" -> start(JSON.treeToValue(request.get("order"), StreamOrder.class));
            case "await" ->
                await(
                        request.get("version").asInt(),
                        Duration.ofMillis(request.get("patienceMillis").asLong()));
            case "taps" -> taps();
            case "memory" -> MemoryNow.measured();
            case "stop" -> stop();
            default -> throw new IllegalArgumentException("no operation '" + operation + "'");
        };
    }

    private Object start(StreamOrder wanted) throws InterruptedException {
        Map<String, Object> kafka = new HashMap<>(wanted.kafka());
        kafka.put("bootstrap.servers", wanted.bootstrap());
        kafka.put("producer.interceptor.classes", OutputTap.class.getName());
        kafka.put("producer." + OutputTap.NOTES, gaps);
        Manifest manifest = wanted.manifest();
        StreamApp started = new StreamApp(new StreamApp.Settings(
                kafka,
                wanted.streamConfig(),
                List.of(wanted.pipelineConfig(manifest)),
                "bench",
                Path.of(wanted.state()),
                Clock.systemUTC(),
                new MeterTaps(
                        Map.of(
                                PipelineMeters.BATCH_TIME,
                                batches,
                                PipelineMeters.SWAP_TIME,
                                swaps,
                                PipelineMeters.TELL_TIME,
                                tellings),
                        manifest.text() == null ? PipelineMeters.BATCH_ROWS : TextMeters.RUN_TOKENS)));
        app = started;
        pipeline = wanted.pipeline();
        model = manifest.name();
        started.start();
        waitUntil(() -> started.state(wanted.pipeline()) == PipelineState.RUNNING, START);
        taps();
        return Map.of("running", true);
    }

    /** Waits until a version serves and a batch has met it. */
    private Object await(int version, Duration patience) throws InterruptedException {
        StreamApp running = running();
        ModelRef wanted = new ModelRef(model, version);
        waitUntil(
                () -> running.serving(pipeline).filter(wanted::equals).isPresent() && swaps.count() > swapsSeen,
                patience);
        swapsSeen = swaps.count();
        return Map.of("swaps", swapsSeen);
    }

    private Object taps() {
        swapsSeen = 0;
        return new Taps(gaps.take(), batches.take(), swaps.take(), tellings.take());
    }

    private Object stop() {
        StreamApp running = app;
        if (running != null) {
            running.close();
            app = null;
        }
        return taps();
    }

    private StreamApp running() {
        StreamApp running = app;
        if (running == null) {
            throw new IllegalStateException("no stream was started");
        }
        return running;
    }

    private void waitUntil(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            PipelineState state = running().state(pipeline);
            if (System.nanoTime() > deadlineNanos || state == PipelineState.FAILED) {
                throw new IllegalStateException("the pipeline is " + state + " and serves "
                        + running().serving(pipeline) + " after " + patience.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
