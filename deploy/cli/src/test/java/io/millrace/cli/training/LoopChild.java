package io.millrace.cli.training;

import io.millrace.stream.runtime.StreamApp;
import io.millrace.trainer.service.TrainerService;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Stream and trainer in one process, as {@code up} has them, so that a test can kill both at once. Arguments: bootstrap
 * servers, state folder, labels a round.
 */
public final class LoopChild {
    private LoopChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (StreamApp stream = TrainingFixture.stream(arguments[0], Path.of(arguments[1]));
                TrainerService trainer = new TrainerService(
                        TrainingFixture.trainer(arguments[0], "child"),
                        List.of(TrainingFixture.model(Integer.parseInt(arguments[2]), 0.0)))) {
            stream.start();
            trainer.start();
            new CountDownLatch(1).await();
        }
    }
}
