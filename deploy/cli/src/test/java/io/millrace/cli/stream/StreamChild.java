package io.millrace.cli.stream;

import io.millrace.stream.config.PipelineConfig;
import io.millrace.stream.runtime.StreamApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The stream in a process of its own, so that a test can kill it. Arguments: bootstrap servers, state folder,
 * and anything more for a stream with labels. */
public final class StreamChild {
    private StreamChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Large, slow batches: a kill finds rows that wait.
        PipelineConfig pipeline = StreamFixture.pipeline(2, 500, Duration.ofMillis(60));
        StreamApp app = StreamFixture.app(
                arguments[0],
                Path.of(arguments[1]),
                arguments.length > 2 ? StreamFixture.withLabels(pipeline) : pipeline);
        app.start();
        new CountDownLatch(1).await();
    }
}
