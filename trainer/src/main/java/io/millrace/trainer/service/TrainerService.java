package io.millrace.trainer.service;

import io.millrace.schemas.avro.TrainingRun;
import io.millrace.trainer.round.RoundProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains models as labels come in: one thread for each, one round at a time.
 *
 * <p>Threading: made, started and closed by one thread. Lifecycle: owns its threads from {@link #start} to {@link #close};
 * a round that is under way when it closes is given a moment, then left behind: nothing of it is published, and the next
 * start runs it again.
 */
public final class TrainerService implements AutoCloseable {
    /** Timer: from the newest label of a run to the first score by its version. */
    public static final String LABEL_TO_LIVE = "millrace.training.label.to.live";
    /** Counter: rounds by the state in which they ended. */
    public static final String RUNS = "millrace.training.runs";

    private static final Logger log = LoggerFactory.getLogger(TrainerService.class);
    private static final long RETRY_SECONDS = 5;
    private static final long CLOSE_MILLIS = 20_000;

    private final TrainerSettings settings;
    private final List<TrainedModel> models;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public TrainerService(TrainerSettings settings, List<TrainedModel> models) {
        this.settings = settings;
        this.models = List.copyOf(models);
    }

    /** Begins to follow the models' topics, which must exist. */
    public void start() {
        for (TrainedModel model : models) {
            Thread thread = new Thread(() -> follow(model), "millrace-trainer-" + model.pipeline());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * Runs one round of a model now, whatever its triggers say.
     *
     * @return how it ended; empty if the model has no champion to go on from
     */
    public static Optional<TrainingRun> runOnce(TrainerSettings settings, TrainedModel model, RoundProgress progress) {
        // Under a name of its own, so that it does not take the run of a service beside it for one that was cut off.
        try (ModelTrainer trainer = new ModelTrainer(settings.named(settings.instance() + "-once"), model)) {
            trainer.catchUp();
            return trainer.runNow("by hand", progress);
        }
    }

    private void follow(TrainedModel model) {
        while (isRunning()) {
            try (ModelTrainer trainer = new ModelTrainer(settings, model)) {
                trainer.catchUp();
                while (isRunning()) {
                    trainer.step();
                }
            } catch (InterruptException e) {
                return;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                log.atError()
                        .addKeyValue("model", model.model())
                        .addKeyValue("pipeline", model.pipeline())
                        .setCause(e)
                        .log("the trainer begins again in {} s: {}", RETRY_SECONDS, e.getMessage());
                pause();
            }
        }
    }

    private boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void pause() {
        try {
            boolean unused = stopped.await(RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_MILLIS);
                if (thread.isAlive()) {
                    log.atWarn().addKeyValue("thread", thread.getName()).log("a round is left behind unfinished");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
