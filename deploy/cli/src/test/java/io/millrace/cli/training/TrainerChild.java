package io.millrace.cli.training;

import io.millrace.trainer.service.TrainerService;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The trainer in a process of its own, so that a test can kill it. Arguments: bootstrap servers, labels a round. */
public final class TrainerChild {
    private TrainerChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (TrainerService trainer = new TrainerService(
                TrainingFixture.trainer(arguments[0], "child"),
                List.of(TrainingFixture.model(Integer.parseInt(arguments[1]), 0.0)))) {
            trainer.start();
            new CountDownLatch(1).await();
        }
    }
}
