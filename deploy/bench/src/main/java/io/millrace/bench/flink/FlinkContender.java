package io.millrace.bench.flink;

import io.millrace.bench.arena.Contender;
import io.millrace.bench.arena.RunRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink as a contender.
 *
 * <p>Threading: confined to the main thread. Lifecycle: a job that fails ends the process, as the parent would otherwise
 * wait for scores that never come.
 */
public final class FlinkContender implements Contender {
    private static final Logger log = LoggerFactory.getLogger(FlinkContender.class);

    private final int batchRows;
    private final long checkpointMillis;
    private @Nullable FlinkJob job;

    private FlinkContender(int batchRows, long checkpointMillis) {
        this.batchRows = batchRows;
        this.checkpointMillis = checkpointMillis;
    }

    /** Where the process begins, as {@link FlinkLauncher} starts it. */
    public static void main(String[] arguments) throws IOException {
        Contender.serve(new FlinkContender(
                Integer.getInteger(FlinkLauncher.BATCH_ROWS, 1),
                Long.getLong(FlinkLauncher.CHECKPOINT_MILLIS, FlinkLauncher.DEFAULT_CHECKPOINT_MILLIS)));
    }

    @Override
    public Map<String, Object> run(RunRequest request) throws Exception {
        stop();
        FlinkRun run = new FlinkRun(
                request.bootstrap(),
                request.input(),
                request.output(),
                request.model(),
                request.threads(),
                batchRows,
                checkpointMillis);
        job = FlinkJob.start(run, FlinkContender::fail);
        return FlinkJob.settings(run);
    }

    @Override
    public void stop() throws Exception {
        FlinkJob running = job;
        job = null;
        if (running != null) {
            running.close();
        }
    }

    private static void fail(Throwable failure) {
        log.atError().setCause(failure).log("the Flink job ended");
        Runtime.getRuntime().halt(1);
    }
}
