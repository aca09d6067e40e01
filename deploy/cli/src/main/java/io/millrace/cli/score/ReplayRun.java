package io.millrace.cli.score;

import io.millrace.cli.output.FailedException;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.schemas.avro.Score;
import io.millrace.schemas.codec.EventShape;
import io.millrace.stream.config.LabelsConfig;
import io.millrace.stream.config.PipelineConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file through a pipeline that runs, and hands out what comes back.
 *
 * <p>Threading: {@link #run} collects on the caller's thread and starts one that sends, which also calls the listener.
 * Lifecycle: what it starts ends with it; the pipeline is the caller's.
 */
public final class ReplayRun {
    private static final Logger log = LoggerFactory.getLogger(ReplayRun.class);
    private static final Duration STALLED = Duration.ofSeconds(60);
    private static final EventShape TEXT = new EventShape(List.of(), List.of(), true);
    private static final Duration SENDER_ENDS = Duration.ofSeconds(10);

    private final OwnPipeline own;
    private final Plan plan;

    /**
     * What is sent.
     *
     * @param pipeline as it runs
     * @param manifest of the model whose features the pipeline computes
     * @param input a file, or a dash
     * @param texts how the input's texts become records; null for rows of fields
     * @param labelValues what the label column says
     * @param labelsAfter how late labels are; null for none
     * @param block the most event time between two boundaries that the listener hears of
     * @param untilMillis events from this time on are not sent
     */
    public record Plan(
            PipelineConfig pipeline,
            Manifest manifest,
            String input,
            @Nullable TextLayout texts,
            LabelValues labelValues,
            @Nullable Duration labelsAfter,
            Duration block,
            long untilMillis) {}

    /** Makes a run; nothing is sent yet. */
    public ReplayRun(OwnPipeline own, Plan plan) {
        this.own = own;
        this.plan = plan;
    }

    /** Sends every row and waits until all have come back, as a score or as a dead letter. */
    public ScoreSummary run(Consumer<Score> onScore, ReplayListener listener, ScoreProgress progress)
            throws IOException, InterruptedException {
        PipelineConfig pipeline = plan.pipeline();
        ExecutorService sender = Executors.newSingleThreadExecutor(task -> new Thread(task, "millrace-replay"));
        long startNanos = System.nanoTime();
        try (var producer = own.producer();
                ScoreCollector collector = new ScoreCollector(
                        own.kafka(), pipeline.name(), pipeline.input().topic(), onScore)) {
            Replay replay = new Replay(plan, shape(), producer, own.meters(), listener);
            Future<Void> sending = sender.submit(() -> {
                send(replay);
                return null;
            });
            collect(collector, replay, sending, progress);
            long nanos = System.nanoTime() - startNanos;
            return new ScoreSummary(
                    replay.rowsSent(),
                    collector.scored(),
                    collector.deadByReason(),
                    collector.firstDead(),
                    Duration.ofNanos(nanos));
        } finally {
            stop(sender);
        }
    }

    /** The caller closes what the listener works with. A read of standard input cannot be broken off, so not for ever. */
    private static void stop(ExecutorService sender) throws InterruptedException {
        sender.shutdownNow();
        if (!sender.awaitTermination(SENDER_ENDS.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("the input is still being read after {} s: it goes on beside", SENDER_ENDS.toSeconds());
        }
    }

    private EventShape shape() {
        if (plan.texts() != null) {
            return TEXT;
        }
        FeatureSet features = plan.manifest().featureSet();
        if (features == null) {
            throw new FailedException("model " + plan.manifest().name() + " has no feature set");
        }
        return features.shape();
    }

    private void send(Replay replay) throws IOException, InterruptedException {
        LabelsConfig labels = plan.pipeline().labels();
        String column = labels == null ? null : labels.column();
        try (InputRows rows = InputFiles.open(plan.input(), column, plan.texts())) {
            replay.send(rows, plan.untilMillis());
        }
    }

    private void collect(ScoreCollector collector, Replay replay, Future<Void> sending, ScoreProgress progress)
            throws IOException, InterruptedException {
        long last = -1;
        long sinceNanos = System.nanoTime();
        while (true) {
            collector.poll();
            long done = collector.scored() + collector.dead();
            progress.update(replay.rowsSent(), done);
            if (sending.isDone()) {
                rethrow(sending);
                if (done >= replay.rowsSent()) {
                    return;
                }
            }
            if (own.hasFailed()) {
                throw new FailedException("the pipeline stopped after repeated failures: the messages above say why");
            }
            if (done != last) {
                last = done;
                sinceNanos = System.nanoTime();
            } else if (sending.isDone() && System.nanoTime() - sinceNanos > STALLED.toNanos()) {
                throw new FailedException("no score for " + STALLED.toSeconds() + " s, with " + done + " of "
                        + replay.rowsSent() + " rows done");
            }
        }
    }

    private static void rethrow(Future<Void> sending) throws IOException, InterruptedException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new FailedException("the input could not be sent: " + cause, e);
        }
    }
}
